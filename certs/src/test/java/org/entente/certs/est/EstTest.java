package org.entente.certs.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.freshSigner;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.certs.SigningRequest;
import org.entente.certs.fixture.Organisation;
import org.entente.certs.issue.Generation;
import org.entente.certs.issue.Invitation;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class EstTest {
    private final Organisation alpha = new Organisation("alpha.example");
    private final NodeId id = alpha.node("node-1");
    private final EstResponder responder =
            new EstResponder(alpha.authority(), CRYPTOGRAPHY.verifier());
    private final EstClient client = new EstClient(CRYPTOGRAPHY.verifier());
    private final Signer signer = freshSigner();
    private final Bytes body = EstClient.body(SigningRequest.forNode(id, NO_HOSTS, signer));

    private Optional<String> credentials() throws LedgerUnavailable {
        Invitation invitation =
                alpha.authority().invite(id, NO_HOSTS, Duration.ofHours(1), NOW).orThrow();
        return Optional.of(new BasicCredentials(id.name(), invitation.token()).header());
    }

    private List<Authorities> trusted() {
        return client.authorities(responder.cacerts().body(), alpha.id()).orThrow();
    }

    @Test
    void a_node_enrols_and_renews() throws Exception {
        EstReply reply =
                responder.simpleenroll(credentials(), Est.REQUEST_TYPE, body, NOW).orThrow();
        assertThat(reply.contentType()).isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        Certificate first =
                client.enrolled(reply.body(), id, signer.key(), trusted(), NOW).orThrow();
        Signer next = freshSigner();
        EstReply renewed =
                responder
                        .simplereenroll(
                                Optional.of(first),
                                "application/pkcs10; charset=x",
                                EstClient.body(SigningRequest.forNode(id, NO_HOSTS, next)),
                                NOW)
                        .orThrow();
        assertThat(client.enrolled(renewed.body(), id, next.key(), trusted(), NOW).orThrow().key())
                .isEqualTo(next.key());
        refused(
                client.enrolled(renewed.body(), id, signer.key(), trusted(), NOW),
                Fault.INVALID_VALUE);
        refused(
                client.enrolled(
                        renewed.body(),
                        id,
                        next.key(),
                        List.of(new Organisation("alpha.example").authorities()),
                        NOW),
                Fault.UNTRUSTED_ISSUER);
    }

    @Test
    void cacerts_shows_every_generation() {
        Generation next = Organisation.generation(alpha.id(), 2, NOW);
        EstResponder rotated =
                new EstResponder(
                        alpha.authority(List.of(alpha.generation(), next)),
                        CRYPTOGRAPHY.verifier());
        assertThat(client.authorities(rotated.cacerts().body(), alpha.id()).orThrow())
                .containsExactly(alpha.authorities(), next.authorities());
        refused(
                client.authorities(rotated.cacerts().body(), new Organisation("beta.example").id()),
                Fault.FOREIGN_TRUST_DOMAIN);
    }

    @Test
    void an_incomplete_or_forged_family_is_refused() {
        Authorities own = alpha.authorities();
        refused(
                client.authorities(
                        Est.encode(CertificateBag.encode(List.of(own.root(), own.enrolment()))),
                        alpha.id()),
                Fault.MALFORMED);
        Certificate forged = Certificate.issue(own.enrolment().body(), freshSigner());
        refused(
                client.authorities(
                        Est.encode(
                                CertificateBag.encode(
                                        List.of(own.root(), forged, own.transaction()))),
                        alpha.id()),
                Fault.BAD_SIGNATURE);
    }

    @Test
    void enrolling_without_credentials_is_refused() throws Exception {
        refused(
                responder.simpleenroll(Optional.empty(), Est.REQUEST_TYPE, body, NOW),
                Fault.TOKEN_UNKNOWN);
        for (String header : List.of("Bearer x", "Basic !", "Basic bm9kZQ==", "Basic", "")) {
            refused(
                    responder.simpleenroll(Optional.of(header), Est.REQUEST_TYPE, body, NOW),
                    Fault.TOKEN_UNKNOWN);
        }
    }

    @Test
    void a_wrong_token_is_not_shown_in_the_refusal() throws Exception {
        String secret = "sesame-sesame";
        String header = new BasicCredentials(new Name("node-1"), secret).header();
        Parsed<EstReply> reply =
                responder.simpleenroll(Optional.of(header), Est.REQUEST_TYPE, body, NOW);
        refused(reply, Fault.TOKEN_UNKNOWN);
        assertThat(reply.verdict().toString()).doesNotContain(secret);
    }

    @Test
    void renewing_without_a_certificate_is_refused() throws Exception {
        refused(
                responder.simplereenroll(Optional.empty(), Est.REQUEST_TYPE, body, NOW),
                Fault.CERTIFICATE_REQUIRED);
    }

    @Test
    void another_media_type_is_refused() throws Exception {
        refused(
                responder.simpleenroll(credentials(), "application/json", body, NOW),
                Fault.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void a_body_that_is_no_base64_or_no_request_or_too_large_is_refused() throws Exception {
        refused(enrol(Bytes.utf8("*")), Fault.MALFORMED);
        refused(enrol(Est.encode(Bytes.utf8("not DER"))), Fault.MALFORMED);
        refused(enrol(Bytes.copyOf(new byte[Est.BODY_SIZE_BYTES_MAX + 1])), Fault.TOO_LARGE);
    }

    private Parsed<EstReply> enrol(Bytes content) throws LedgerUnavailable {
        return responder.simpleenroll(credentials(), Est.REQUEST_TYPE, content, NOW);
    }

    private static void refused(Parsed<?> parsed, Fault fault) {
        assertThat(parsed.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected ->
                                assertThat(rejected.fault())
                                        .as(rejected.detail())
                                        .isEqualTo(fault));
    }
}
