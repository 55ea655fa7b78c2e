package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.est.CertificateBag;
import org.entente.certs.est.Est;
import org.entente.certs.fixture.Organisation;
import org.entente.certs.issue.LedgerEntry;
import org.entente.certs.issue.LedgerFormat;
import org.entente.certs.pem.Pem;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/// Random and mutated bytes give a fault or come back byte for byte; nothing is thrown.
class DecodersTest {
    private static final int INPUTS = Integer.getInteger("inputs", 20_000);
    private static final long SEED = Long.getLong("seed", 20261121L);

    private static final Organisation ALPHA = new Organisation("alpha.example");
    private static final Certificate NODE = ALPHA.enrol("node-1", freshSigner());
    private static final Certificate ASKING =
            ALPHA.batch(NODE, grant("orders", "buyer"), 1, NOW).getFirst();

    @Test
    void a_certificate_is_refused_or_comes_back() {
        tried(
                List.of(NODE.der(), ASKING.der(), ALPHA.authorities().enrolment().der()),
                bytes -> Certificate.parse(bytes).map(Certificate::der));
    }

    @Test
    void a_request_is_refused_or_comes_back() {
        SigningRequest request =
                SigningRequest.forNode(
                        ALPHA.node("node-2"),
                        Sorted.copyOf(List.of(new HostName("localhost"))),
                        freshSigner());
        // A verifier that takes everything lets the mutations through to the reader.
        tried(
                List.of(request.der(), SigningRequest.anonymous(freshSigner()).der()),
                bytes -> SigningRequest.parse(bytes, (_, _, _) -> true).map(SigningRequest::der));
    }

    @Test
    void a_grant_is_refused_or_comes_back() {
        tried(
                List.of(Grant.FORMAT.encode(grant("orders", "buyer"))),
                bytes -> Grant.FORMAT.decode(bytes).map(Grant.FORMAT::encode));
    }

    @Test
    void a_revocation_list_is_refused_or_comes_back() throws Exception {
        ALPHA.withdrawals()
                .revoke(
                        new Revocation(
                                ALPHA.authorities().enrolment().digest(), NODE.serialNumber()),
                        NOW);
        tried(
                ALPHA.withdrawals().lists(NOW).stream().map(RevocationList::der).toList(),
                bytes -> RevocationList.parse(bytes).map(RevocationList::der));
    }

    @Test
    void a_bag_of_certificates_is_refused_or_comes_back() {
        tried(
                List.of(CertificateBag.encode(List.of(NODE, ASKING))),
                bytes -> CertificateBag.decode(bytes).map(CertificateBag::encode));
    }

    @Test
    void an_entry_of_the_ledger_is_refused_or_comes_back() {
        tried(
                List.of(
                        LedgerFormat.FORMAT.encode(
                                new LedgerEntry.IdentityIssued(NODE.digest(), NODE)),
                        LedgerFormat.FORMAT.encode(
                                new LedgerEntry.TokenIssued(
                                        NODE.digest(),
                                        ALPHA.node("node-1"),
                                        Sorted.copyOf(List.of(new HostName("localhost"))),
                                        NOW))),
                bytes -> LedgerFormat.FORMAT.decode(bytes).map(LedgerFormat.FORMAT::encode));
    }

    /// The transfer encodings have several forms of one content, so what comes back is the content.
    @Test
    void a_body_of_est_and_a_pem_text_are_refused_or_keep_their_content() {
        tried(
                List.of(Est.encode(NODE.der())),
                bytes ->
                        Est.decode(bytes, Est.BODY_SIZE_BYTES_MAX)
                                .then(content ->
                                        Est.decode(
                                                Est.encode(content), 2 * Est.BODY_SIZE_BYTES_MAX))
                                .map(_ -> bytes));
        tried(
                List.of(Bytes.utf8(Pem.encode(List.of(NODE)))),
                bytes -> Pem.certificates(bytes.asUtf8()).map(_ -> bytes));
    }

    @Test
    void a_real_verifier_takes_no_mutated_request() {
        Bytes request = SigningRequest.anonymous(freshSigner()).der();
        Random random = new Random(SEED);
        for (int index = 0; index < 500; index++) {
            Bytes mutated = mutated(request, random);
            SigningRequest.parse(mutated, CRYPTOGRAPHY.verifier())
                    .map(read -> {
                        assertThat(read.key())
                                .isEqualTo(
                                        SigningRequest.parse(request, CRYPTOGRAPHY.verifier())
                                                .orThrow()
                                                .key());
                        return read;
                    });
        }
    }

    private static void tried(List<Bytes> honest, Function<Bytes, Parsed<Bytes>> roundTrip) {
        for (Bytes bytes : honest) {
            assertThat(roundTrip.apply(bytes).orThrow()).isEqualTo(bytes);
        }
        Random random = new Random(SEED);
        for (int index = 0; index < INPUTS; index++) {
            Bytes input =
                    index % 4 == 0
                            ? noise(random)
                            : mutated(honest.get(index % honest.size()), random);
            try {
                if (roundTrip.apply(input) instanceof Parsed.Value<Bytes>(Bytes back)) {
                    assertThat(back).isEqualTo(input);
                }
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "seed " + SEED + ", input " + index + ": " + input.hex(), e);
            }
        }
    }

    private static Bytes noise(Random random) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return Bytes.copyOf(noise);
    }

    private static Bytes mutated(Bytes honest, Random random) {
        byte[] bytes = honest.toArray();
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return Bytes.copyOf(bytes);
    }
}
