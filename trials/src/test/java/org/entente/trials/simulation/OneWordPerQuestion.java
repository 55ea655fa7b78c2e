package org.entente.trials.simulation;

import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;

import java.util.TreeMap;

/// No honest agent proposes or endorses two proposals for one request, seals two roots for one
/// size, or vouches for two ends of one serial, whatever it forgets when it crashes.
final class OneWordPerQuestion implements Invariant {
    private final World world;
    private final TreeMap<Digest, Digest> requests = new TreeMap<>();
    private final TreeMap<String, Digest> words = new TreeMap<>();

    OneWordPerQuestion(World world) {
        this.world = world;
    }

    @Override
    public void told(NodeId agent, ToAgent message) {
        if (message instanceof ToAgent.Endorse endorse) {
            requests.put(
                    Proposal.FORMAT.digest(endorse.sequence().proposal()),
                    Request.FORMAT.digest(endorse.sequence().ask().request()));
        }
    }

    @Override
    public void said(NodeId agent, ToRelay message) {
        if (!world.plan().isHonest(agent)) {
            return;
        }
        switch (message) {
            case ToRelay.Proposed it ->
                    once(
                            agent,
                            "proposes for " + it.proposal().request(),
                            Proposal.FORMAT.digest(it.proposal()));
            case ToRelay.Endorsed it -> {
                Digest request = requests.get(it.proposal());
                if (request != null) {
                    once(agent, "endorses for " + request, it.proposal());
                }
            }
            case ToRelay.Sealing it ->
                    once(agent, "seals size " + it.seal().size(), it.seal().root());
            case ToRelay.Observed it ->
                    once(
                            agent,
                            "observes serial " + it.settlement().serial(),
                            org.entente.protocol.log.Settlement.FORMAT.digest(it.settlement()));
            default -> {}
        }
    }

    private void once(NodeId agent, String question, Digest word) {
        Digest before = words.putIfAbsent(agent + " " + question, word);
        if (before != null && !before.equals(word)) {
            throw violated(agent + " " + question + ": " + before + " and " + word);
        }
    }
}
