package org.entente.relay;

import org.entente.certs.Verifier;
import org.entente.endorsement.Notary;
import org.entente.endorsement.Panel;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.Agent;
import org.entente.registry.EpochRecord;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// Which agents say that a final block of which chain was replaced (protocol.md §6.8). An agent's
/// word weighs what its endorsement weighs: nothing follows for a flow before more than half of it
/// says so. Nothing of it is in the log; agents say it again after each hello.
final class Breaks {
    /// Of one agent; it can follow no more chains.
    static final int CHAIN_COUNT_MAX = 16;

    /// Within which an agent that came back says again what still is so.
    private static final Duration SAID_AGAIN_WITHIN = Duration.ofSeconds(30);

    private final AllianceId id;
    private final Notary notary;
    private final Verifier verifier;
    private final Conduct conduct;
    private final TreeMap<NodeId, TreeMap<ChainId, ReportedBreak>> reports = new TreeMap<>();

    /// Agents that came back, and until when they are believed to mean what they said before.
    private final TreeMap<NodeId, Instant> unsaid = new TreeMap<>();

    /// How far a replaced block reaches, by the word of a majority.
    ///
    /// @param since the lowest height whose block may be another
    /// @param size of the log when it was noticed
    record Extent(long since, long size) {}

    Breaks(AllianceId id, Notary notary, Verifier verifier, Conduct conduct) {
        this.id = id;
        this.notary = notary;
        this.verifier = verifier;
        this.conduct = conduct;
    }

    void broken(NodeId from, ToRelay.Broken broken) {
        if (check(from, broken) instanceof Verdict.Rejected why) {
            conduct.faulty(from, "says what does not hold of a final block: " + why);
            return;
        }
        unsaid.remove(from);
        Break said = broken.said();
        ReportedBreak report = new ReportedBreak(from, said, broken.signature());
        ReportedBreak before =
                reports.computeIfAbsent(from, _ -> new TreeMap<>()).put(said.chain(), report);
        if (before == null || !before.said().equals(said)) {
            conduct.warn(from, words(said));
        }
    }

    private Verdict check(NodeId from, ToRelay.Broken broken) {
        Optional<Agent> agent = record().agent(from);
        Break said = broken.said();
        if (agent.isEmpty()) {
            return Verdict.rejected(Fault.NOT_A_SIGNER, from + " is no agent of the alliance");
        }
        if (!said.alliance().equals(id) || said.size() > notary.size()) {
            return Verdict.rejected(Fault.UNBOUND, "it is about another log");
        }
        SortedMap<ChainId, ReportedBreak> others = reports.getOrDefault(from, new TreeMap<>());
        if (others.size() >= CHAIN_COUNT_MAX && !others.containsKey(said.chain())) {
            return Verdict.rejected(Fault.TOO_LARGE, "it names " + others.size() + " chains");
        }
        return verifier.verify(agent.get().key(), Break.FORMAT.digest(said), broken.signature())
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, from + " did not sign it");
    }

    private static String words(Break said) {
        return switch (said.state()) {
            case STANDS ->
                    "%s: %s: %s was final, there is %s"
                            .formatted(
                                    Fault.FINALITY_BROKEN,
                                    said.chain(),
                                    said.followed(),
                                    said.found());
            case MENDED -> "goes on with " + said.chain() + " from " + said.found();
        };
    }

    /// It says again what still is so; what it does not say any more is forgotten.
    void joined(NodeId agent, Instant now) {
        if (reports.containsKey(agent)) {
            unsaid.put(agent, now.plus(SAID_AGAIN_WITHIN));
        }
    }

    void tick(Instant now) {
        unsaid.entrySet()
                .removeIf(each -> {
                    boolean over = !each.getValue().isAfter(now);
                    if (over) {
                        reports.remove(each.getKey());
                    }
                    return over;
                });
    }

    boolean isAny() {
        return !reports.isEmpty();
    }

    List<ReportedBreak> all() {
        return reports.values().stream().flatMap(each -> each.values().stream()).toList();
    }

    /// Why nothing is asked for in a flow.
    Verdict check(FlowName name, Flow flow) {
        return check(name, flow.source().chain())
                .and(() -> check(name, flow.destination().chain()));
    }

    Verdict check(FlowName name, ChainId chain) {
        return isBroken(name, chain)
                ? Verdict.rejected(
                        Fault.FINALITY_BROKEN,
                        "more than half of the endorsers of "
                                + name
                                + " say that a final block of "
                                + chain
                                + " was replaced")
                : Verdict.accepted();
    }

    /// Whether more than half of a flow's endorsers say so now.
    boolean isBroken(FlowName name, ChainId chain) {
        if (reports.isEmpty()) {
            return false;
        }
        Panel panel = panel(name);
        long weight =
                said(chain).stream()
                        .filter(each -> each.said().state() == Break.State.STANDS)
                        .mapToLong(each -> panel.weight(each.agent()))
                        .sum();
        return isMost(weight, panel);
    }

    /// How far it reaches, now or before it was mended. No minority moves it: half of the weight
    /// stands on either side.
    Optional<Extent> extent(FlowName name, ChainId chain) {
        Panel panel = panel(name);
        List<ReportedBreak> all = said(chain);
        Optional<Long> since =
                middle(panel, all, Comparator.naturalOrder(), each -> each.said().since());
        Optional<Long> size =
                middle(panel, all, Comparator.reverseOrder(), each -> each.said().size());
        return since.flatMap(from -> size.map(to -> new Extent(from, to)));
    }

    private static Optional<Long> middle(
            Panel panel,
            List<ReportedBreak> all,
            Comparator<Long> order,
            ToLongFunction<ReportedBreak> number) {
        TreeMap<Long, Long> weights = new TreeMap<>(order);
        all.forEach(each ->
                weights.merge(number.applyAsLong(each), panel.weight(each.agent()), Long::sum));
        long weight = 0;
        for (var each : weights.entrySet()) {
            weight += each.getValue();
            if (isMost(weight, panel)) {
                return Optional.of(each.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean isMost(long weight, Panel panel) {
        return weight > panel.totalWeight() - weight;
    }

    private List<ReportedBreak> said(ChainId chain) {
        List<ReportedBreak> said = new ArrayList<>();
        for (TreeMap<ChainId, ReportedBreak> each : reports.values()) {
            ReportedBreak report = each.get(chain);
            if (report != null) {
                said.add(report);
            }
        }
        return said;
    }

    private Panel panel(FlowName name) {
        EpochRecord record = record();
        return record.nodeContract(name)
                .map(contract -> Panel.endorsers(record, contract))
                .orElseGet(() -> Panel.sealers(record));
    }

    private EpochRecord record() {
        return notary.alliance().orElseThrow().charter().record();
    }
}
