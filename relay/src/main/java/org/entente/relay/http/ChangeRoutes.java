package org.entente.relay.http;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.registry.Change;
import org.entente.registry.SignedChange;
import org.entente.relay.journal.Invitations;
import org.entente.relay.worker.Recorded;
import org.entente.relay.worker.Recorder;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Schema;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// Changes come in as the bytes that were signed (docs/relay.md §3.1). They prove themselves, so
/// whoever brings one needs no certificate; only an organisation's enrolment needs an invitation of
/// the relay's operator.
public final class ChangeRoutes {
    private static final String INVITATION = "entente-invitation";

    private final Recorder recorder;
    private final Invitations invitations;
    private final InstantSource clock;

    public ChangeRoutes(Recorder recorder, Invitations invitations, InstantSource clock) {
        this.recorder = recorder;
        this.invitations = invitations;
        this.clock = clock;
    }

    record Answer(
            String log,
            long serial,
            Digest entry,
            Digest change,
            String time,
            Optional<String> alliance) {}

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/changes",
                        Limits.standard()
                                .bodySizeMax(SignedChange.SIZE_BYTES_MAX)
                                .mediaTypes("application/octet-stream"),
                        Answers.json(201, Schema.of(Answer.class), this::record));
    }

    private Reply record(Request request) throws InterruptedException {
        return switch (SignedChange.decode(request.body())) {
            case Parsed.Refused<SignedChange>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<SignedChange>(SignedChange change) ->
                    switch (recorder.record(change, admission(change, request))) {
                        case Parsed.Refused<Recorded>(Verdict.Rejected why) -> Reply.problem(why);
                        case Parsed.Value<Recorded>(Recorded recorded) -> created(recorded);
                    };
        };
    }

    private Recorder.Admission admission(SignedChange change, Request request) {
        return change.change() instanceof Change.OrganisationEnrolled enrolled
                ? new Invited(
                        enrolled.organisation(), request.headers().first(INVITATION).orElse(""))
                : Recorder.Admission.OPEN;
    }

    private static Reply created(Recorded recorded) {
        return Reply.json(
                201,
                new Answer(
                        "registry",
                        recorded.entry().serial(),
                        Entry.FORMAT.digest(recorded.entry().entry()),
                        recorded.entry().change().digest(),
                        recorded.entry().time().toString(),
                        recorded.alliance().map(Object::toString)));
    }

    private final class Invited implements Recorder.Admission {
        private final OrganisationId organisation;
        private final String token;

        private Invited(OrganisationId organisation, String token) {
            this.organisation = organisation;
            this.token = token;
        }

        @Override
        public Verdict check() throws IOException {
            return token.isEmpty()
                    ? Verdict.rejected(
                            Fault.TOKEN_UNKNOWN,
                            organisation + " needs an invitation by this relay's operator")
                    : invitations.check(token, organisation, clock.instant());
        }

        @Override
        public void spend() throws IOException {
            invitations.use(token);
        }
    }
}
