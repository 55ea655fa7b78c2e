package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.registry.contract.ResourcePattern;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

final class FormatsTest {
    private static final int INPUTS = 20_000;
    private static final long SEED = Long.getLong("seed", 20261121);
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
    void mutated_changes_are_refused_or_come_back_as_the_same_bytes() {
        List<Bytes> seeds = changes().stream().map(Change.FORMAT::encode).toList();
        mutate(seeds, bytes -> Change.FORMAT.decode(bytes).map(Change.FORMAT::encode));
    }

    @Test
    void mutated_epoch_records_are_refused_or_come_back_as_the_same_bytes() {
        mutate(
                List.of(EpochRecord.FORMAT.encode(contracts.record())),
                bytes -> EpochRecord.FORMAT.decode(bytes).map(EpochRecord.FORMAT::encode));
    }

    @Test
    void mutated_approvals_are_refused_or_come_back_as_the_same_bytes() {
        mutate(
                List.of(
                        Approvals.FORMAT.encode(
                                Approvals.of(
                                        alpha.byRoot(Digest.ZERO),
                                        beta.byAgent(Digest.ZERO),
                                        beta.byRecovery(Digest.ZERO),
                                        alpha.byIssuer(
                                                Digest.ZERO, alpha.agentKey(), Digest.ZERO)))),
                bytes -> Approvals.FORMAT.decode(bytes).map(Approvals.FORMAT::encode));
    }

    @Test
    void mutated_signed_changes_are_refused_or_come_back_as_the_same_bytes() {
        mutate(
                List.of(alpha.chainAdded().encode(), beta.agentAdded().encode()),
                bytes -> SignedChange.decode(bytes).map(SignedChange::encode));
    }

    private static void mutate(List<Bytes> seeds, Function<Bytes, Parsed<Bytes>> again) {
        Random random = new Random(SEED);
        int read = 0;
        for (int input = 0; input < INPUTS; input++) {
            Bytes bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
            switch (again.apply(bytes)) {
                case Parsed.Value<Bytes>(Bytes same) -> {
                    read++;
                    assertThat(same).as("seed %s, input %s", SEED, input).isEqualTo(bytes);
                }
                case Parsed.Refused<Bytes>(var why) -> assertThat(why.detail()).isNotEmpty();
            }
        }
        System.out.println(INPUTS + " inputs, seed " + SEED + ": " + read + " read");
    }

    private static Bytes mutated(Bytes seed, Random random) {
        byte[] bytes = seed.toArray();
        for (int count = random.nextInt(3); count >= 0; count--) {
            int at = random.nextInt(bytes.length);
            bytes[at] =
                    random.nextBoolean()
                            ? (byte) random.nextInt()
                            : (byte) (bytes[at] ^ (1 << random.nextInt(8)));
        }
        int size = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
        Bytes cut = Bytes.copyOf(bytes, 0, size);
        return random.nextInt(16) == 0 ? cut.concat(Bytes.fromHex("00")) : cut;
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
        changes.add(new Change.ActProposed(id, id.digest(), 0, Act.DISSOLVE));
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
