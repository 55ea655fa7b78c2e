package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.certs.Certificate;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.tls.X509;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Request;

import java.time.Instant;
import java.util.Optional;

/// The client certificate of a request, judged now.
final class Peer {
    private Peer() {}

    /// Empty when none was shown.
    static Parsed<Optional<Certificate>> shown(
            Request request, Organisation organisation, Instant now) throws LedgerUnavailable {
        if (request.peerCertificate().isEmpty()) {
            return Parsed.of(Optional.empty());
        }
        return switch (X509.ours(request.peerCertificate().get())) {
            case Parsed.Refused<Certificate>(var why) -> new Parsed.Refused<>(why);
            case Parsed.Value<Certificate>(var certificate) ->
                    switch (organisation.judge(certificate, now)) {
                        case Verdict.Rejected why -> new Parsed.Refused<>(why);
                        case Verdict.Accepted _ -> Parsed.of(Optional.of(certificate));
                    };
        };
    }

    static Parsed<Certificate> required(Request request, Organisation organisation, Instant now)
            throws LedgerUnavailable {
        return shown(request, organisation, now)
                .then(shown ->
                        shown.map(Parsed::of)
                                .orElseGet(() ->
                                        Parsed.refused(
                                                Fault.CERTIFICATE_REQUIRED,
                                                "connect with an identity certificate of "
                                                        + organisation.id())));
    }
}
