package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One seed from its beginning until nothing is left to do.
final class Simulation {
    /// Well within the longest `deliverWithin`: what keys endorsed that were struck since is
    /// cancelled at once.
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(4);

    private static final Duration LIARS_WATCHED_FOR = Duration.ofSeconds(40);
    private static final Duration ASKING_FOR = Duration.ofSeconds(60);
    private static final List<String> KEYS = List.of("1", "2", "3", "4", "5", "6");

    private final World world;
    private final Troubles troubles;
    private final List<Client> clients;
    private final People people;

    /// What a seed came to.
    ///
    /// @param settled VALID entries with an end
    record Result(String traceHash, int exchanges, long entries, long applied, long settled) {}

    private Simulation(Plan plan, Consumer<String> listener) {
        this.world = new World(plan, listener);
        this.troubles = new Troubles(world);
        this.clients =
                List.of(
                        new Client(world, world.cast().members().get(0), Treaty.ORDERS),
                        new Client(world, world.cast().members().get(1), Treaty.GOODS));
        this.people = new People(world, clients);
    }

    static Result run(Plan plan) {
        return run(plan, _ -> {});
    }

    static Result run(Plan plan, Consumer<String> listener) {
        Simulation simulation = new Simulation(plan, listener);
        try {
            return simulation.run();
        } catch (RuntimeException | AssertionError why) {
            throw new SeedFailed(plan, simulation.world.trace().newest(), why);
        }
    }

    private Result run() {
        world.begin();
        troubles.begin(KEYS);
        people.begin();
        plan();
        Instant heal = world.agenda().now().plus(Troubles.until());
        world.agenda().planAt(heal, this::heal);
        boolean[] ended = new boolean[1];
        check(heal, ended);
        while (!ended[0] && world.agenda().step()) {
            world.relay()
                    .stopped()
                    .filter(_ -> world.plan().relayLie() == RelayLie.NONE)
                    .ifPresent(why -> {
                        throw new Violation("HonestRelaysGoOn", why);
                    });
        }
        return outcome();
    }

    private void heal() {
        troubles.heal();
        people.heal();
        world.agents().values().forEach(SimulatedAgent::startIfDown);
        if (!world.relay().isUp() && world.relay().stopped().isEmpty()) {
            world.relay().start();
        }
        world.agenda()
                .plan(
                        Duration.ofSeconds(15),
                        () ->
                                clients.forEach(each ->
                                        each.begin(
                                                Client.copy(
                                                        each.flow().flow() + "/1",
                                                        each.flow().flow() + "/probe"))));
    }

    private void plan() {
        for (int count = 0; count < world.plan().exchanges(); count++) {
            Client client = world.chance().one(clients);
            world.agenda()
                    .plan(
                            world.chance().millis(500, ASKING_FOR.toMillis()),
                            () -> client.begin(arguments(client)));
        }
    }

    private String arguments(Client client) {
        String prefix = client.flow().flow() + "/";
        Chance chance = client.chance();
        if (chance.in(0.03)) {
            return Client.copy("secret/1", prefix + "1");
        }
        if (chance.in(0.03)) {
            return "{\"copy\": 1}";
        }
        return Client.copy(prefix + chance.one(KEYS), prefix + chance.one(KEYS));
    }

    private void check(Instant heal, boolean[] ended) {
        world.agenda()
                .plan(
                        Duration.ofSeconds(1),
                        () -> {
                            ended[0] = isOver(heal);
                            check(heal, ended);
                        });
    }

    private boolean isOver(Instant heal) {
        Instant now = world.agenda().now();
        if (now.isBefore(heal.plusSeconds(20))) {
            return false;
        }
        boolean lied = world.plan().relayLie() != RelayLie.NONE || world.defects().journalForgets();
        if (lied && now.isAfter(heal.plus(LIARS_WATCHED_FOR))) {
            return true;
        }
        SortedSet<Long> open = open();
        if (open.isEmpty() && clients.stream().allMatch(Client::isDone)) {
            probed(lied);
            return true;
        }
        if (now.isAfter(heal.plus(SETTLED_WITHIN))) {
            throw new Violation(
                    "EverythingIsSettled",
                    "left unsettled are %s; clients: %s"
                            .formatted(
                                    open,
                                    clients.stream()
                                            .flatMap(each -> each.exchanges().stream())
                                            .filter(each -> !each.isDone())
                                            .map(ClientExchange::words)
                                            .toList()));
        }
        return false;
    }

    /// A minority delays only what it can block: with one honest host an exchange that nothing
    /// contradicts is applied.
    private void probed(boolean lied) {
        if (lied) {
            return;
        }
        for (Client client : clients) {
            ClientExchange probe = client.exchanges().getLast();
            boolean hosted =
                    world.plan()
                                    .isHonest(
                                            world.cast()
                                                    .members()
                                                    .get(
                                                            client.flow().equals(Treaty.ORDERS)
                                                                    ? 0
                                                                    : 1)
                                                    .agent())
                            || world.plan().isHonest(world.cast().members().get(2).agent());
            if (hosted && !probe.isApplied()) {
                throw new Violation("AMinorityDelaysOnlyItsOwn", probe.words());
            }
        }
    }

    private SortedSet<Long> open() {
        TreeSet<Long> open = new TreeSet<>();
        for (EntryRecord record : world.relay().log().from(0, Integer.MAX_VALUE)) {
            if (record.entry().kind() == EntryKind.EXCHANGE
                    && record.entry().outcome() == Outcome.VALID) {
                open.add(record.entry().serial());
            } else if (record.entry().kind() == EntryKind.SETTLED) {
                open.remove(Settlement.FORMAT.decode(record.content()).orThrow().serial());
            }
        }
        return open;
    }

    private Result outcome() {
        long settled =
                world.relay().log().from(0, Integer.MAX_VALUE).stream()
                        .filter(each -> each.entry().kind() == EntryKind.SETTLED)
                        .count();
        return new Result(
                world.trace().hash(),
                clients.stream().mapToInt(each -> each.exchanges().size()).sum(),
                world.relay().log().size(),
                world.watch().applied(),
                settled);
    }
}
