package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.est.CertificateBag;
import org.entente.certs.fixture.Organisation;
import org.entente.certs.issue.LedgerEntry;
import org.entente.certs.issue.LedgerFormat;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// `docs/vectors/certificates.txt` holds one object of each kind that this room reads: `kind hex`
/// per line. `-Dvectors=write` makes new ones, with new keys.
class CertificateVectorsTest {
    private static final Path FILE = Path.of("..", "docs", "vectors", "certificates.txt");

    private static final Map<String, Function<Bytes, Parsed<Bytes>>> AGAIN =
            new TreeMap<>(
                    Map.of(
                            "certificate", bytes -> Certificate.parse(bytes).map(Certificate::der),
                            "request",
                                    bytes ->
                                            SigningRequest.parse(
                                                            bytes,
                                                            Cryptography.portable().verifier())
                                                    .map(SigningRequest::der),
                            "grant", bytes -> Grant.FORMAT.decode(bytes).map(Grant.FORMAT::encode),
                            "revocation-list",
                                    bytes -> RevocationList.parse(bytes).map(RevocationList::der),
                            "bag",
                                    bytes ->
                                            CertificateBag.decode(bytes)
                                                    .map(CertificateBag::encode),
                            "ledger",
                                    bytes ->
                                            LedgerFormat.FORMAT
                                                    .decode(bytes)
                                                    .map(LedgerFormat.FORMAT::encode)));

    @Test
    void every_vector_is_read_and_comes_back_as_the_same_bytes() throws Exception {
        if ("write".equals(System.getProperty("vectors"))) {
            Files.writeString(FILE, String.join("\n", lines()) + "\n");
        }
        Map<String, Integer> seen = new TreeMap<>();
        for (String line : Files.readAllLines(FILE)) {
            String[] parts = line.split(" ");
            Bytes bytes = Bytes.fromHex(parts[1]);
            Function<Bytes, Parsed<Bytes>> again = AGAIN.getOrDefault(parts[0], _ -> missing());
            assertThat(again.apply(bytes)).as(parts[0]).isEqualTo(Parsed.of(bytes));
            seen.merge(parts[0], 1, Integer::sum);
        }
        assertThat(seen.keySet()).isEqualTo(AGAIN.keySet());
    }

    @Test
    void the_roots_and_leaves_of_the_vectors_belong_together() throws IOException {
        List<Certificate> certificates =
                Files.readAllLines(FILE).stream()
                        .filter(line -> line.startsWith("certificate "))
                        .map(line -> Bytes.fromHex(line.split(" ")[1]))
                        .map(der -> Certificate.parse(der).orThrow())
                        .toList();
        Authorities authorities =
                new Authorities(
                        certificates.get(0).organisation(),
                        certificates.get(0),
                        certificates.get(1),
                        certificates.get(2));
        Judge judge = new Judge(Cryptography.fastest().verifier());
        assertThat(authorities.check(Cryptography.fastest().verifier()).isAccepted()).isTrue();
        Certificate node = certificates.get(3);
        assertThat(
                        judge.identity(
                                        node,
                                        List.of(authorities),
                                        Revocations.NONE,
                                        Moment.now(node.notBefore()))
                                .isAccepted())
                .isTrue();
    }

    private static Parsed<Bytes> missing() {
        throw new IllegalStateException("a vector of an unknown kind");
    }

    private static List<String> lines() throws Exception {
        Organisation alpha = new Organisation("alpha.example");
        Certificate node = alpha.enrol("node-1", freshSigner());
        Certificate asking = alpha.batch(node, grant("orders", "buyer"), 1, NOW).getFirst();
        List<String> lines = new ArrayList<>();
        alpha.authorities().all().forEach(ca -> add(lines, "certificate", ca.der()));
        add(lines, "certificate", node.der());
        add(lines, "certificate", asking.der());
        add(
                lines,
                "request",
                SigningRequest.forNode(
                                alpha.node("node-2"),
                                Sorted.copyOf(List.of(new HostName("localhost"))),
                                freshSigner())
                        .der());
        add(lines, "request", SigningRequest.anonymous(freshSigner()).der());
        add(lines, "grant", Grant.FORMAT.encode(grant("orders", "buyer")));
        alpha.withdrawals()
                .revoke(
                        new Revocation(
                                alpha.authorities().enrolment().digest(), node.serialNumber()),
                        NOW);
        alpha.withdrawals().lists(NOW).forEach(list -> add(lines, "revocation-list", list.der()));
        add(lines, "bag", CertificateBag.encode(List.of(node, asking)));
        Digest request = node.digest();
        add(
                lines,
                "ledger",
                LedgerFormat.FORMAT.encode(new LedgerEntry.IdentityIssued(request, node)));
        add(
                lines,
                "ledger",
                LedgerFormat.FORMAT.encode(
                        new LedgerEntry.TokenIssued(
                                request,
                                alpha.node("node-1"),
                                Sorted.copyOf(List.of(new HostName("localhost"))),
                                NOW)));
        return lines;
    }

    private static void add(List<String> lines, String kind, Bytes bytes) {
        lines.add(kind + " " + bytes.hex());
    }
}
