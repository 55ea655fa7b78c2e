package org.entente.agent;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.Content;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Observations;
import org.entente.protocol.log.Settlement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether the words that a log says are this agent's are in its journal (protocol.md §9.2). One
/// that is not means that its key is used elsewhere, or that the journal is an older copy: either
/// way nothing is signed any more.
///
/// Entries below the last seal were checked before it; requests that nobody could order any more
/// are forgotten.
record OwnWords(Bench bench) {

    Verdict check(Entry entry, Content content) {
        if (entry.serial() < bench.memory().sealing().frontier().size()) {
            return Verdict.accepted();
        }
        Verdict verdict =
                switch (content) {
                    case Content.Exchanged(Candidate candidate) when entry.fault() == 0 ->
                            exchange(candidate);
                    case Content.Settled(Settlement settlement, Observations observations) ->
                            settlement(settlement, observations);
                    case Content.Exchanged _, Content.Changed _, Content.Cancelled _ ->
                            Verdict.accepted();
                };
        if (verdict instanceof Verdict.Rejected why) {
            bench.stop(why);
        }
        return verdict;
    }

    private Verdict exchange(Candidate candidate) {
        Instant gone = bench.memory().time().minus(Memory.SKEW_MAX);
        if (candidate.request().notAfter().isBefore(gone)) {
            return Verdict.accepted();
        }
        boolean proposed =
                candidate.proposal().proposer().equals(self())
                        && bench.memory()
                                .proposed(candidate.requestDigest())
                                .filter(it -> it.proposal().equals(candidate.proposal()))
                                .isEmpty();
        boolean endorsed =
                names(candidate.evidence().endorsements())
                        && bench.memory()
                                .endorsed(candidate.requestDigest())
                                .filter(it -> it.proposal().equals(candidate.proposalDigest()))
                                .isEmpty();
        return proposed || endorsed
                ? foreign("the proposal " + candidate.proposalDigest())
                : Verdict.accepted();
    }

    private Verdict settlement(Settlement settlement, Observations observations) {
        Optional<Settlement> ours = bench.memory().observed(settlement.serial());
        return names(observations.vouches()) && !ours.equals(Optional.of(settlement))
                ? foreign("the settlement of serial " + settlement.serial())
                : Verdict.accepted();
    }

    private static Verdict foreign(String what) {
        return Verdict.rejected(
                Fault.UNBOUND,
                "it says that this agent signed " + what + ", which its journal does not have");
    }

    private NodeId self() {
        return bench.self().node();
    }

    private boolean names(List<Vouch> vouches) {
        return vouches.stream().map(Vouch::agent).anyMatch(self()::equals);
    }
}
