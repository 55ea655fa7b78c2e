package org.entente.trials.simulation;

import org.entente.certs.RememberingVerifier;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.registry.fixture.Member;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Everything there is in one seed, and what it happens in.
final class World {
    private static final int VERIFIED_COUNT_MAX = 1 << 16;

    private final Plan plan;
    private final Chance chance;
    private final Agenda agenda = new Agenda(Member.NOW);
    private final Trace trace;
    private final Verifier verifier;
    private final Registrar registrar;
    private final AllianceId alliance;
    private final Defects defects;
    private final Watch watch;
    private final TreeMap<ChainId, SimulatedChain> chains = new TreeMap<>();
    private final TreeMap<NodeId, SimulatedAgent> agents = new TreeMap<>();
    private final SimulatedRelay relay;
    private final Network network;

    World(Plan plan, Consumer<String> listener) {
        this.plan = plan;
        this.chance = new Chance(plan.seed() ^ 0x5eed);
        this.trace = new Trace(agenda, listener);
        Verifier real = plan.signing().verifier();
        this.verifier =
                plan.signing() == Signing.GENUINE
                        ? new RememberingVerifier(real, VERIFIED_COUNT_MAX)
                        : real;
        this.registrar = new Registrar(verifier);
        this.alliance = registrar.found(cast(), plan.treaty(), agenda.now());
        this.defects = new Defects(plan.defect());
        this.watch = new Watch(invariants());
        this.network = new Network(this);
        for (ChainId id : List.of(plan.treaty().orders(), plan.treaty().goods())) {
            List<Signer> accounts = new ArrayList<>();
            accounts.add(cast().writer(id));
            accounts.add(cast().key("intruder"));
            cast().members().forEach(each -> accounts.add(cast().account(each.agent(), id)));
            chains.put(id, new SimulatedChain(this, id, accounts));
        }
        this.relay = new SimulatedRelay(this);
        for (Member member : plan.treaty().parties()) {
            agents.put(member.agent(), new SimulatedAgent(this, member));
        }
    }

    private List<Invariant> invariants() {
        Facts facts = new Facts(this);
        return List.of(
                facts,
                new OnlyWhatIsSealedIsApplied(facts),
                new AppliedAtMostOnce(),
                new OneWordPerQuestion(this),
                new NoVersionIsConsumedTwice(),
                new AnswersFollowTheLog(facts),
                new StruckKeysCountForNothing(facts));
    }

    /// Starts all processes.
    void begin() {
        trace.line("world", plan.toString());
        chains.values().forEach(each -> each.begin(alliance));
        relay.start();
        agents.values().forEach(SimulatedAgent::start);
    }

    Plan plan() {
        return plan;
    }

    Cast cast() {
        return plan.treaty().cast();
    }

    Chance chance() {
        return chance;
    }

    Agenda agenda() {
        return agenda;
    }

    Trace trace() {
        return trace;
    }

    Verifier verifier() {
        return verifier;
    }

    Registrar registrar() {
        return registrar;
    }

    AllianceId alliance() {
        return alliance;
    }

    Defects defects() {
        return defects;
    }

    Watch watch() {
        return watch;
    }

    SimulatedRelay relay() {
        return relay;
    }

    Network network() {
        return network;
    }

    SortedMap<ChainId, SimulatedChain> chains() {
        return chains;
    }

    SortedMap<NodeId, SimulatedAgent> agents() {
        return agents;
    }

    SimulatedAgent agent(NodeId id) {
        SimulatedAgent agent = agents.get(id);
        if (agent == null) {
            throw new IllegalArgumentException("no agent " + id);
        }
        return agent;
    }

    SimulatedChain chain(ChainId id) {
        SimulatedChain chain = chains.get(id);
        if (chain == null) {
            throw new IllegalArgumentException("no chain " + id);
        }
        return chain;
    }
}
