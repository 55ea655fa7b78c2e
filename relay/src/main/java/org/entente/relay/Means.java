package org.entente.relay;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.log.Promise;
import org.entente.protocol.log.Rejection;
import org.entente.registry.Agent;
import org.entente.registry.Alliance;
import org.entente.registry.EpochRecord;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What all parts of a desk work with.
///
/// @param signer the relay's own key
record Means(
        AllianceId id,
        Notary notary,
        Signer signer,
        Verifier verifier,
        DeskRules rules,
        Surroundings surroundings,
        Effects effects,
        Conduct conduct,
        Tracks tracks,
        Promises promises,
        Touches touches,
        Breaks breaks) {

    Alliance alliance() {
        return notary.alliance()
                .orElseThrow(() -> new IllegalStateException("the log has no epoch record 0 yet"));
    }

    EpochRecord record() {
        return alliance().charter().record();
    }

    Optional<Flow> flow(FlowName name) {
        return alliance().charter().terms().flow(name);
    }

    Optional<NodeContract> nodeContract(FlowName name) {
        return Optional.ofNullable(alliance().charter().terms().nodeContracts().get(name));
    }

    /// Those that the node contract names; else every agent of the alliance, those of the chain's
    /// owner first: which of them has the chain is for them to know.
    List<NodeId> deliverers(FlowName name, ChainId chain) {
        List<NodeId> named = nodeContract(name).map(NodeContract::deliverers).orElse(List.of());
        if (!named.isEmpty()) {
            return named;
        }
        List<NodeId> all = new ArrayList<>();
        record().owner(chain)
                .ifPresent(owner ->
                        record().agents().stream()
                                .map(Agent::id)
                                .filter(node -> node.organisation().equals(owner))
                                .forEach(all::add));
        record().agents().stream()
                .map(Agent::id)
                .filter(node -> !all.contains(node))
                .forEach(all::add);
        return all;
    }

    /// The time of the next entry: now, or the newest entry's while the clock is behind it.
    Instant entryTime(Instant now) {
        Instant whole = now.truncatedTo(ChronoUnit.MILLIS);
        return whole.isBefore(notary.newest()) ? notary.newest() : whole;
    }

    void send(NodeId agent, ToAgent message) {
        if (conduct.isAvailable(agent)) {
            effects.add(new Effect.Send(agent, message));
        }
    }

    void send(Collection<NodeId> agents, ToAgent message) {
        agents.forEach(agent -> send(agent, message));
    }

    SignedPromise promise(Digest submission, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        Promise promise = new Promise(id, submission, time, time.plus(rules.ordering()));
        return new SignedPromise(promise, signer.sign(Promise.FORMAT.digest(promise)));
    }

    SignedRejection rejection(Rejection rejection) {
        return new SignedRejection(rejection, signer.sign(Rejection.FORMAT.digest(rejection)));
    }
}
