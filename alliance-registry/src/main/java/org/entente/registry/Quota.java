package org.entente.registry;

import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;

import java.time.Instant;

/// How much one organisation may have in the registry at a time (protocol.md §3.4). Everybody who
/// follows the log keeps all of it, so nobody may fill it alone.
enum Quota {
    CHAINS("chains", 256),
    NODES("nodes", 256),
    REQUIREMENTS("requirements in force", 1_024),
    PROPOSALS("open proposals", 16),
    DEMANDS("open demands", 256);

    private final String words;
    private final int max;

    Quota(String words, int max) {
        this.words = words;
        this.max = max;
    }

    int max() {
        return max;
    }

    /// Whether the organisation may have one more.
    Verdict check(Registry registry, OrganisationId organisation, Instant now) {
        return count(registry, organisation, now) < max
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.QUOTA_SPENT,
                        organisation + " has " + max + " " + words + ", which is all it may have");
    }

    private long count(Registry registry, OrganisationId organisation, Instant now) {
        return switch (this) {
            case CHAINS ->
                    registry.chains().values().stream()
                            .filter(chain -> chain.owner().equals(organisation))
                            .count();
            case NODES ->
                    registry.nodes().keySet().stream()
                            .filter(node -> node.organisation().equals(organisation))
                            .count();
            case REQUIREMENTS ->
                    registry.requirements().values().stream()
                            .filter(filed -> filed.isOpen(now))
                            .map(filed -> filed.requirement().node().organisation())
                            .filter(organisation::equals)
                            .count();
            case PROPOSALS ->
                    registry.proposals().values().stream()
                            .filter(proposal -> proposal.proposer().equals(organisation))
                            .count();
            case DEMANDS ->
                    registry.demands().values().stream()
                            .filter(demand -> demand.opened().isEmpty())
                            .map(demand -> demand.demanded().auditor().organisation())
                            .filter(organisation::equals)
                            .count();
        };
    }
}
