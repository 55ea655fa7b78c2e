package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What is composed of files and the registry is what the registry accepts.
final class RecordDraftTest {
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final List<Member> members = List.of(alpha, beta);
    private final World world = World.of(members);
    private final Contracts contracts = new Contracts(members);
    private final RelayListing relay = contracts.record().relay();

    @Test
    void record_0_of_the_same_files_and_registry_has_the_same_bytes() {
        Change.RecordProposed composed = founding(contracts).orThrow();
        assertThat(composed.record()).isEqualTo(EpochRecord.FORMAT.encode(contracts.record()));
        assertThat(world.check(alpha.agentSigned(composed))).isEqualTo(Verdict.accepted());
    }

    @Test
    void an_amendment_brings_only_the_files_that_are_new() {
        AllianceId id = world.found(contracts, members);
        Charter charter = world.alliance(id).charter();
        Contracts next = new Contracts(members).perHour(7).version(2);
        Change.RecordProposed composed =
                RecordDraft.amending(
                                world.registry(),
                                charter,
                                List.of(Bytes.utf8(next.contract())),
                                List.of())
                        .orThrow();

        assertThat(composed.contracts()).hasSize(1);
        assertThat(composed.nodeContracts()).isEmpty();
        assertThat(composed.record())
                .isEqualTo(EpochRecord.FORMAT.encode(next.after(charter.record())));
        assertThat(world.check(alpha.agentSigned(composed))).isEqualTo(Verdict.accepted());
    }

    @Test
    void who_is_not_enrolled_cannot_be_drafted_into_an_alliance() {
        Contracts strange = new Contracts(List.of(alpha, new Member("stranger.example")));
        assertThat(fault(founding(strange))).isIn(Fault.UNKNOWN_ORGANISATION, Fault.UNKNOWN_NODE);
    }

    @Test
    void files_without_an_alliance_contract_make_no_record() {
        assertThat(
                        fault(
                                RecordDraft.founding(
                                        world.registry(),
                                        relay,
                                        List.of(),
                                        List.of(Bytes.utf8(contracts.nodeContract())))))
                .isEqualTo(Fault.INVALID_VALUE);
    }

    private Parsed<Change.RecordProposed> founding(Contracts of) {
        return RecordDraft.founding(
                world.registry(),
                relay,
                List.of(Bytes.utf8(of.contract())),
                List.of(Bytes.utf8(of.nodeContract())));
    }

    private static Fault fault(Parsed<?> parsed) {
        if (parsed.verdict() instanceof Verdict.Rejected why) {
            return why.fault();
        }
        throw new AssertionError("it was accepted");
    }
}
