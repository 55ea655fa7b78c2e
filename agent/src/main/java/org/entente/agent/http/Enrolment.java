package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.certs.Certificate;
import org.entente.certs.est.Est;
import org.entente.certs.est.EstReply;
import org.entente.certs.est.EstResponder;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// EST (RFC 7030): the CA's certificates, enrolment with a one-time token, re-enrolment with the
/// certificate in hand (protocol.md §2.2).
public final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final String CHALLENGE_HEADER = "www-authenticate";

    private final Supplier<Organisation> organisation;
    private final InstantSource clock;

    public Enrolment(Supplier<Organisation> organisation, InstantSource clock) {
        this.organisation = organisation;
        this.clock = clock;
    }

    public Routes routes() {
        Limits requests =
                Limits.standard().bodySizeMax(Est.BODY_SIZE_BYTES_MAX).mediaTypes(Est.REQUEST_TYPE);
        return Routes.none()
                .get(Est.CACERTS, _ -> reply(responder(organisation.get()).cacerts()))
                .post(Est.SIMPLE_ENROLL, requests, this::enrol)
                .post(Est.SIMPLE_REENROLL, requests, this::reenrol);
    }

    private Reply enrol(Request request) throws LedgerUnavailable {
        return answer(
                "enrolled",
                responder(organisation.get())
                        .simpleenroll(
                                request.headers().first("authorization"),
                                contentType(request),
                                request.body(),
                                clock.instant()));
    }

    private Reply reenrol(Request request) throws LedgerUnavailable {
        Organisation ours = organisation.get();
        return switch (Peer.required(request, ours, clock.instant())) {
            case Parsed.Refused<Certificate>(var why) -> refusal(why);
            case Parsed.Value<Certificate>(var shown) ->
                    answer(
                            "re-enrolled",
                            responder(ours)
                                    .simplereenroll(
                                            Optional.of(shown),
                                            contentType(request),
                                            request.body(),
                                            clock.instant()));
        };
    }

    private static EstResponder responder(Organisation organisation) {
        return new EstResponder(organisation.authority(), organisation.verifier());
    }

    private static String contentType(Request request) {
        return request.headers().first("content-type").orElse("");
    }

    private static Reply answer(String what, Parsed<EstReply> answer) {
        return switch (answer) {
            case Parsed.Refused<EstReply>(var why) -> refusal(why);
            case Parsed.Value<EstReply>(var reply) -> {
                LOG.atInfo().log(what);
                yield reply(reply);
            }
        };
    }

    private static Reply reply(EstReply reply) {
        return Reply.bytes(reply.contentType(), reply.body())
                .with("content-transfer-encoding", reply.contentTransferEncoding());
    }

    /// A missing token is asked for; a missing certificate cannot be (RFC 7030 §3.2.3).
    private static Reply refusal(Verdict.Rejected why) {
        Reply problem = Reply.problem(why);
        return problem.status() == 401 && why.fault() != Fault.CERTIFICATE_REQUIRED
                ? problem.with(CHALLENGE_HEADER, Est.CHALLENGE)
                : problem;
    }
}
