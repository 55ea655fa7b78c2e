package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Format;
import org.entente.registry.contract.ResourcePattern;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class FormatsTest {
    private static final Path FILE = Path.of("..", "docs", "vectors", "registry.txt");
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Contracts contracts = new Contracts(List.of(alpha, beta)).withRecovery();

    @Test
    void every_change_comes_back_as_the_same_bytes() {
        for (Change change : changes()) {
            Bytes bytes = Change.FORMAT.encode(change);
            Change read = Change.FORMAT.decode(bytes).orThrow();
            assertThat(read).isEqualTo(change);
            assertThat(Change.FORMAT.encode(read)).isEqualTo(bytes);
        }
    }

    @Test
    void every_vector_is_read_and_comes_back_as_the_same_bytes() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            Files.writeString(FILE, String.join("\n", lines()) + "\n");
        }
        List<String> lines = Files.readAllLines(FILE);
        assertThat(lines).hasSize(lines().size());
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            Bytes bytes = Bytes.fromHex(parts[1]);
            Parsed<Bytes> again =
                    switch (parts[0]) {
                        case "change" -> again(Change.FORMAT, bytes);
                        case "act" -> again(Change.ActProposed.SUBJECT, bytes);
                        case "epoch-record" -> again(EpochRecord.FORMAT, bytes);
                        case "approvals" -> again(Approvals.FORMAT, bytes);
                        case "signed-change" ->
                                SignedChange.decode(bytes).map(SignedChange::encode);
                        default -> throw new IllegalStateException("no kind " + parts[0]);
                    };
            assertThat(again).isEqualTo(Parsed.of(bytes));
        }
    }

    @Test
    void an_acts_subject_is_the_digest_of_its_vector() throws IOException {
        String line =
                Files.readAllLines(FILE).stream()
                        .filter(it -> it.startsWith("act "))
                        .findFirst()
                        .orElseThrow();
        Bytes bytes = Bytes.fromHex(line.substring("act ".length()));
        Change.ActProposed act = Change.ActProposed.SUBJECT.decode(bytes).orThrow();
        assertThat(act.subject()).isEqualTo(Digest.of(bytes)).isNotEqualTo(act.digest());
    }

    private static <T> Parsed<Bytes> again(Format<T> format, Bytes bytes) {
        return format.decode(bytes).map(format::encode);
    }

    /// `docs/vectors/registry.txt` holds one object of each kind: `kind hex` per line.
    /// `-Dvectors=write` makes new ones, with new keys.
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        changes().forEach(change -> lines.add("change " + Change.FORMAT.encode(change).hex()));
        lines.add("act " + Change.ActProposed.SUBJECT.encode(act()).hex());
        lines.add("epoch-record " + EpochRecord.FORMAT.encode(contracts.record()).hex());
        Approvals approvals =
                Approvals.of(
                        alpha.byRoot(Digest.ZERO),
                        beta.byAgent(Digest.ZERO),
                        beta.byRecovery(Digest.ZERO),
                        alpha.byIssuer(Digest.ZERO, alpha.agentKey(), Digest.ZERO));
        lines.add("approvals " + Approvals.FORMAT.encode(approvals).hex());
        lines.add("signed-change " + alpha.chainAdded().encode().hex());
        lines.add("signed-change " + beta.agentAdded().encode().hex());
        return lines;
    }

    private Change.ActProposed act() {
        AllianceId id = contracts.record().id();
        return new Change.ActProposed(id, id.digest(), 0, Act.DISSOLVE);
    }

    private List<Change> changes() {
        AllianceId id = contracts.record().id();
        List<Change> changes = new ArrayList<>();
        changes.add(alpha.enrolment().change());
        changes.add(
                new Change.AuthoritiesRotated(
                        alpha.id(), 2, RegistryCertificates.set(alpha.generation().authorities())));
        changes.add(alpha.chainChange());
        changes.add(alpha.agentAdded().change());
        changes.add(
                new Change.NodeRenewed(
                        alpha.agentCertificate().der(), alpha.chains(), alpha.roles(), 1));
        changes.add(
                new Change.RequirementFiled(
                        new Requirement(
                                alpha.agent(),
                                Requirement.Direction.OFFER,
                                alpha.chain(),
                                new ResourcePattern("orders/**"),
                                new Name("read"),
                                "for settlement",
                                100,
                                Instant.parse("2027-01-01T00:00:00Z"))));
        changes.add(new Change.RequirementWithdrawn(alpha.agent(), Digest.ZERO));
        changes.add(contracts.proposal());
        changes.add(act());
        changes.add(new Change.Approved(id.digest(), beta.byAgent(id.digest())));
        changes.add(
                new Change.CertificateRevoked(
                        alpha.id(),
                        Digest.ZERO,
                        alpha.agentCertificate().serialNumber(),
                        RevocationReason.PRIVILEGE_WITHDRAWN));
        changes.add(new Change.OpeningDemanded(beta.agent(), alpha.id(), Digest.ZERO, "why"));
        changes.add(new Change.CertificateOpened(alpha.id(), Digest.ZERO, Digest.ZERO));
        changes.add(new Change.FlowPaused(id, Contracts.FLOW, alpha.id(), 0));
        changes.add(new Change.FlowResumed(id, Contracts.FLOW, alpha.id(), 1));
        return changes;
    }
}
