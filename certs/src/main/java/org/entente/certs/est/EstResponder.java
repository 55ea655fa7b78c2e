package org.entente.certs.est;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.SigningRequest;
import org.entente.certs.Verifier;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Answers the three requests of EST for an organisation's CA.
///
/// A refusal with status 401 must carry [Est#CHALLENGE]; one because of a missing client
/// certificate must not. Optional parts of RFC 7030 (fullcmc, serverkeygen, csrattrs) are absent.
public final class EstResponder {
    private final CertificateAuthority authority;
    private final Verifier verifier;

    public EstResponder(CertificateAuthority authority, Verifier verifier) {
        this.authority = authority;
        this.verifier = verifier;
    }

    /// Every CA of every generation: what a client needs to trust this organisation.
    public EstReply cacerts() {
        List<Certificate> all =
                authority.all().stream().map(Authorities::all).flatMap(List::stream).toList();
        return new EstReply(
                Est.CERTIFICATES_TYPE,
                Est.TRANSFER_ENCODING,
                Est.encode(CertificateBag.encode(all)));
    }

    /// @param authorization the header's value, if there is one
    public Parsed<EstReply> simpleenroll(
            Optional<String> authorization, String contentType, Bytes body, Instant now)
            throws LedgerUnavailable {
        if (authorization.isEmpty()) {
            return Parsed.refused(
                    Fault.TOKEN_UNKNOWN, "enrolling needs Basic authentication with node:token");
        }
        return switch (BasicCredentials.parse(authorization.get())) {
            case Parsed.Refused<BasicCredentials>(var why) -> new Parsed.Refused<>(why);
            case Parsed.Value<BasicCredentials>(var credentials) ->
                    switch (request(contentType, body)) {
                        case Parsed.Refused<SigningRequest>(var why) -> new Parsed.Refused<>(why);
                        case Parsed.Value<SigningRequest>(var request) ->
                                authority
                                        .enrol(node(credentials), credentials.token(), request, now)
                                        .map(EstResponder::enrolled);
                    };
        };
    }

    /// @param shown the client certificate of the connection, if there is one
    public Parsed<EstReply> simplereenroll(
            Optional<Certificate> shown, String contentType, Bytes body, Instant now)
            throws LedgerUnavailable {
        if (shown.isEmpty()) {
            return Parsed.refused(
                    Fault.CERTIFICATE_REQUIRED, "re-enrolling needs the certificate to renew");
        }
        return switch (request(contentType, body)) {
            case Parsed.Refused<SigningRequest>(var why) -> new Parsed.Refused<>(why);
            case Parsed.Value<SigningRequest>(var request) ->
                    authority.reenrol(shown.get(), request, now).map(EstResponder::enrolled);
        };
    }

    private NodeId node(BasicCredentials credentials) {
        return new NodeId(authority.organisation(), credentials.node());
    }

    private Parsed<SigningRequest> request(String contentType, Bytes body) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(Est.REQUEST_TYPE)) {
            return Parsed.refused(
                    Fault.UNSUPPORTED_MEDIA_TYPE, "send " + Est.REQUEST_TYPE + ", not " + type);
        }
        return Est.decode(body, Est.BODY_SIZE_BYTES_MAX)
                .then(der -> SigningRequest.parse(der, verifier));
    }

    private static EstReply enrolled(Certificate certificate) {
        return new EstReply(
                Est.ENROLLED_TYPE,
                Est.TRANSFER_ENCODING,
                Est.encode(CertificateBag.encode(List.of(certificate))));
    }
}
