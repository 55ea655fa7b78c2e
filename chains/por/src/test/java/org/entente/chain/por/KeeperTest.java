package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.Header;
import org.entente.chain.por.worker.Keeper;
import org.entente.chain.store.ChainStore;
import org.entente.chain.store.ForkedStore;
import org.entente.chain.worker.Remembered;
import org.entente.light.NodeKey;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a node knows after a start (docs/chains/por.md §5).
class KeeperTest {
    private static final NodeKey PEER = Played.of("peer").key();
    private static final int BLOCKS = 310;
    private static final int SNAPSHOT_BLOCKS = 20;
    private static final Instant NOW = Home.BEGIN.plusSeconds(1_000);

    private final Home home = new Home(4);
    @TempDir private Path folder;

    @Test
    void a_longer_branch_from_far_below_is_a_split_also_after_a_start_from_a_written_state()
            throws IOException {
        Path directory = folder.resolve("chain");
        ChainStore.create(directory, home.genesis, home.first.ledger().head());
        List<Placed> ours = round(home.first, BLOCKS, 0, 1, 2, 3);
        long last;
        try (ForkedStore store = open(directory)) {
            Keeper keeper = keeper(store);
            Watch watch = watch(keeper);
            for (Placed each : ours) {
                for (Step step : watch.on(sent(List.of(each)), NOW)) {
                    perform(step, store, keeper);
                }
            }
            last = watch.tree().last().height();
        }
        assertThat(snapshots(directory)).isNotEmpty();
        try (ForkedStore store = open(directory)) {
            assertThat(store.start().height()).isPositive();
            Watch watch = watch(keeper(store));
            assertThat(watch.tree().last().height()).isEqualTo(last);
            Placed parting = ours.get((int) last - 200);
            List<Placed> longer = round(parting, BLOCKS - (int) parting.height() + 1, 3, 2, 1, 0);
            watch.on(sent(longer), NOW);
            assertThat(watch.isSplit()).isTrue();
        }
    }

    private static void perform(Step step, ForkedStore store, Keeper keeper) throws IOException {
        if (step instanceof Step.Keep(Placed placed)) {
            store.keep(placed.stored());
        }
        if (step instanceof Step.Moved(Tree.Change change)) {
            List<Header> settled =
                    change.settled().stream().map(it -> it.ledger().head().header()).toList();
            store.settle(settled);
            keeper.snapshot(change.settled());
        }
    }

    private List<Placed> round(Placed from, int count, int... nodes) {
        return home.chain(from, IntStream.range(0, count).map(it -> nodes[it % 4]).toArray());
    }

    private static Event.Sent sent(List<Placed> blocks) {
        List<Bytes> bytes = new ArrayList<>();
        blocks.forEach(each -> bytes.add(each.block().orElseThrow().bytes()));
        return new Event.Sent(PEER, bytes);
    }

    private ForkedStore open(Path directory) throws IOException {
        return ForkedStore.open(
                directory, new StrongContracts(Home.CHAIN, home.settings, Played.VERIFIER));
    }

    private Keeper keeper(ForkedStore store) {
        return new Keeper(store, home.settings, Party.CRYPTOGRAPHY.verifier(), SNAPSHOT_BLOCKS);
    }

    private Watch watch(Keeper keeper) throws IOException {
        return keeper.replayed(
                last ->
                        new Watch(
                                home.judge,
                                Home.habits(2),
                                Party.account(0).key(),
                                Signers.only(Party.node(0)),
                                last,
                                NOW),
                Remembered.of(10, 0, _ -> java.util.Optional.empty()),
                NOW);
    }

    private static List<Path> snapshots(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> each.toString().endsWith(".snapshot")).toList();
        }
    }
}
