package org.entente.relay;

import org.entente.certs.Moment;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.RequestCheck;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.FullSequence;

import java.time.Instant;
import java.util.OptionalLong;

/// Submissions that somebody collected without us. Not idempotent: each copy that is admitted gets
/// a serial (protocol.md §6.2).
final class Submissions {
    private final Means means;
    private final Collecting collecting;
    private final Attesting attesting;

    Submissions(Means means, Collecting collecting, Attesting attesting) {
        this.means = means;
        this.collecting = collecting;
        this.attesting = attesting;
    }

    void submitted(long ticket, FullSequence full, Instant now) {
        Parsed<Candidate> parsed = Candidate.of(full.sequence(), full.evidence());
        switch (parsed) {
            case Parsed.Refused<Candidate>(Verdict.Rejected why) ->
                    means.effects().add(new Effect.Refuse(ticket, why));
            case Parsed.Value<Candidate>(Candidate candidate) -> {
                if (admitted(candidate, now) instanceof Verdict.Rejected why) {
                    collecting.refuse(ticket, why, candidate.flow(), now);
                } else {
                    enter(ticket, candidate, now);
                }
            }
        }
    }

    private void enter(long ticket, Candidate candidate, Instant now) {
        Track track = means.tracks().begin(Sequencer.status(means, candidate), now);
        attesting.enter(track, candidate, OptionalLong.of(ticket), now);
        track.status()
                .problem()
                .ifPresent(why -> means.effects().add(new Effect.Refuse(ticket, why)));
    }

    private Verdict admitted(Candidate candidate, Instant now) {
        boolean ordered = means.notary().book().ordered(candidate.requestDigest()).isPresent();
        return copies(candidate)
                .and(() -> fits(candidate))
                .and(() ->
                        new RequestCheck(means.alliance(), means.verifier())
                                .admission(
                                        candidate.sequence().ask(),
                                        new Moment(means.notary().size(), means.entryTime(now))))
                .and(() -> collecting.unbroken(candidate.flow()))
                .and(() -> ordered ? Verdict.accepted() : stored(candidate))
                .and(() ->
                        collecting.rate(
                                candidate.flow(), means.flow(candidate.flow()).orElseThrow(), now));
    }

    private Verdict copies(Candidate candidate) {
        int copies = means.tracks().copies(candidate.submissionDigest());
        return copies >= means.rules().copiesMax()
                ? Verdict.rejected(
                        Fault.ALREADY_EXISTS, "this submission was admitted " + copies + " times")
                : Verdict.accepted();
    }

    private static Verdict fits(Candidate candidate) {
        int size = Evidence.FORMAT.encode(candidate.evidence()).size();
        return size > Sequencer.EVIDENCE_SIZE_BYTES_MAX
                ? Verdict.rejected(
                        Fault.TOO_LARGE,
                        "the evidence has "
                                + size
                                + " bytes, "
                                + Sequencer.EVIDENCE_SIZE_BYTES_MAX
                                + " are allowed")
                : Verdict.accepted();
    }

    private Verdict stored(Candidate candidate) {
        return collecting.stored(candidate);
    }
}
