package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.EntryKind;
import org.entente.registry.Alliance;
import org.entente.registry.Change;
import org.entente.registry.contract.FlowName;
import org.entente.registry.fixture.Member;
import org.entente.relay.Event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What people decide while exchanges are under way: the next epoch, a pause, copies of what was
/// submitted.
final class People {
    private final World world;
    private final Chance chance;
    private final List<Client> clients;
    private Treaty treaty;
    private int brakes;
    private Optional<FlowName> paused = Optional.empty();

    People(World world, List<Client> clients) {
        this.world = world;
        this.clients = List.copyOf(clients);
        this.chance = world.chance().branch();
        this.treaty = world.plan().treaty();
    }

    void begin() {
        if (chance.in(0.6)) {
            world.agenda().plan(chance.millis(5_000, 50_000), this::amend);
        }
        if (chance.in(0.4)) {
            world.agenda().plan(chance.millis(5_000, 60_000), this::amend);
        }
        if (chance.in(0.3)) {
            world.agenda().plan(chance.millis(5_000, 40_000), this::pause);
        }
        if (chance.in(0.5)) {
            world.agenda().plan(chance.millis(5_000, 55_000), this::revoke);
        }
        copies();
    }

    /// A clerk's certificate is trusted no longer.
    private void revoke() {
        Client client = chance.one(clients);
        world.trace().line("people", "revoke the certificate of " + client.flow());
        world.registrar().accept(client.revoked(), world.agenda().now());
        world.relay().due();
    }

    void heal() {
        resume();
    }

    private Optional<Alliance> alliance() {
        return world.relay().desk().flatMap(org.entente.relay.Desk::alliance);
    }

    /// The next record; sometimes one party leaves and its key is struck.
    private void amend() {
        Optional<Alliance> now = alliance();
        if (now.isEmpty()) {
            return;
        }
        TreeMap<OrganisationId, Long> weights = new TreeMap<>(treaty.weights());
        List<VerifyingKey> struck = new ArrayList<>(treaty.struck());
        Member last = world.cast().members().getLast();
        if (weights.size() == 4 && chance.in(0.5) && isFairWithout(last, weights)) {
            weights.remove(last.id());
            struck.add(last.agentKey().key());
        }
        Treaty next = treaty.with(weights, struck);
        List<Member> approving = treaty.parties();
        if (world.registrar().amend(next, now.get(), approving, world.agenda().now())) {
            treaty = next;
            world.trace().line("people", "amend to version " + next.version() + " " + weights);
            world.relay().due();
        } else {
            world.trace().line("people", "do not amend");
        }
    }

    private boolean isFairWithout(Member last, SortedMap<OrganisationId, Long> weights) {
        TreeMap<OrganisationId, Long> left = new TreeMap<>(weights);
        left.remove(last.id());
        long total = left.values().stream().mapToLong(Long::longValue).sum();
        long honest =
                treaty.parties().stream()
                        .filter(each -> !each.equals(last))
                        .filter(each -> world.plan().isHonest(each.agent()))
                        .mapToLong(each -> left.getOrDefault(each.id(), 0L))
                        .sum();
        return 2 * honest > total && left.values().stream().noneMatch(each -> 2 * each >= total);
    }

    private void pause() {
        FlowName flow = chance.in(0.5) ? Treaty.ORDERS : Treaty.GOODS;
        Member owner = world.cast().members().get(chance.below(2));
        Change.FlowPaused change =
                new Change.FlowPaused(world.alliance(), flow, owner.id(), brakes);
        if (world.registrar().check(owner.rootSigned(change), world.agenda().now()).isAccepted()) {
            world.registrar().accept(owner.rootSigned(change), world.agenda().now());
            brakes++;
            paused = Optional.of(flow);
            world.trace().line("people", "pause " + flow);
            world.relay().due();
            world.agenda().plan(chance.millis(1_000, 10_000), () -> resume(owner));
        } else {
            world.trace().line("people", "cannot pause");
        }
    }

    private void resume() {
        world.cast().members().subList(0, 2).forEach(this::resume);
    }

    private void resume(Member owner) {
        if (paused.isEmpty()) {
            return;
        }
        Change.FlowResumed change =
                new Change.FlowResumed(world.alliance(), paused.get(), owner.id(), brakes);
        if (world.registrar().check(owner.rootSigned(change), world.agenda().now()).isAccepted()) {
            brakes++;
            world.registrar().accept(owner.rootSigned(change), world.agenda().now());
            world.trace().line("people", "resume " + paused.get());
            paused = Optional.empty();
            world.relay().due();
        }
    }

    /// Somebody posts again what was submitted.
    private void copies() {
        world.agenda()
                .plan(
                        chance.millis(1_000, 10_000),
                        () -> {
                            copy();
                            if (world.agenda().now().isBefore(Member.NOW.plus(Troubles.until()))) {
                                copies();
                            }
                        });
    }

    private void copy() {
        LogDisk log = world.relay().log();
        if (log.forced() == 0) {
            return;
        }
        EntryRecord record = log.record(chance.below(log.forced()));
        if (record.entry().kind() == EntryKind.EXCHANGE) {
            FullSequence full =
                    new FullSequence(
                            Sequence.FORMAT.decode(record.content()).orThrow(),
                            Evidence.FORMAT.decode(record.evidence()).orThrow());
            world.relay().asked(ticket -> new Event.Submitted(ticket, full), _ -> {});
        }
    }
}
