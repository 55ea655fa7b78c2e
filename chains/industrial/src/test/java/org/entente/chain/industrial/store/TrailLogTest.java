package org.entente.chain.industrial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.EpochEnd;
import org.entente.chain.industrial.Home;
import org.entente.chain.industrial.Kept;
import org.entente.chain.state.StateLeaf;
import org.entente.chain.state.StateProof;
import org.entente.light.industrial.Following;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Trail;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The end of each epoch is kept while its state is there, and made again where it is lost.
final class TrailLogTest {
    private static final int EPOCH_BLOCKS = Home.SETTINGS.epochBlocks();

    @TempDir Path directory;

    private final Home home = new Home();
    private final List<Block> blocks = new ArrayList<>();

    @BeforeEach
    void begun() {
        blocks.add(new Block(home.tip().head(), List.of(), List.of()));
    }

    private TrailLog open() throws IOException {
        return TrailLog.open(
                directory, home.tip(), height -> blocks.get((int) height), Home.verifier());
    }

    /// Settles every block up to a height.
    private void settle(TrailLog log, long height) throws IOException {
        while (home.tip().height() < height) {
            blocks.addAll(home.settleTo(home.tip().height() + 1));
            log.settle(home.tip());
        }
    }

    private static Trail read(TrailLog log) throws IOException {
        return log.from(0);
    }

    @Test
    void whoever_has_the_genesis_follows_what_is_kept() throws IOException {
        Ledger first = home.tip();
        Following following =
                Following.begun(
                                first.genesis().chain(),
                                first.genesis().digest(),
                                first.genesis().creators(),
                                Home.SETTINGS,
                                Home.verifier())
                        .orThrow();
        assertThat(following.sealers().values()).containsExactly(Kept.sealers(first.state(), 0));
        try (TrailLog log = open()) {
            settle(log, 3L * EPOCH_BLOCKS + 1);
            assertThat(read(log).parts()).hasSize(3);
            assertThat(log.from(2).parts()).isEqualTo(read(log).parts().subList(2, 3));
            assertThat(log.from(3).parts()).isEmpty();
            assertThat(log.from(Long.MAX_VALUE).parts()).isEmpty();
            for (Trail.Part part : read(log).parts()) {
                following = followed(following, part);
            }
        }
        assertThat(following.newest()).isEqualTo(3);
    }

    private static Following followed(Following following, Trail.Part part) {
        CertifiedHeader certified = CertifiedHeader.FORMAT.decode(part.header()).orThrow();
        long height = certified.header().height();
        assertThat(height).isEqualTo(Home.SETTINGS.last(following.newest()));
        assertThat(following.check(height, certified.header().digest(), certified.certificate()))
                .isEqualTo(Verdict.accepted());
        Optional<StateLeaf> leaf =
                StateProof.FORMAT
                        .decode(part.proof())
                        .orThrow()
                        .verify(Kept.place(following.newest() + 1), certified.header().stateRoot())
                        .orThrow();
        assertThat(leaf.flatMap(StateLeaf::value)).contains(Sealers.FORMAT.digest(part.next()));
        return following.followed(part.next()).orThrow();
    }

    @Test
    void a_start_finds_what_was_kept_and_goes_on() throws IOException {
        try (TrailLog log = open()) {
            settle(log, EPOCH_BLOCKS);
        }
        try (TrailLog log = open()) {
            assertThat(log.count()).isEqualTo(1);
            // Settled, and ended before the chain had the block: it comes again.
            log.settle(home.tip());
            assertThat(log.count()).isEqualTo(1);
            settle(log, 2L * EPOCH_BLOCKS);
            assertThat(log.count()).isEqualTo(2);
        }
    }

    @Test
    void what_is_lost_or_damaged_is_made_again_from_the_blocks() throws IOException {
        Trail whole;
        try (TrailLog log = open()) {
            settle(log, 3L * EPOCH_BLOCKS + 2);
            whole = read(log);
        }
        Path file = directory.resolve("trail.log");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        try (TrailLog log = open()) {
            assertThat(read(log)).isEqualTo(whole);
        }
        assertThat(Files.readAllBytes(file)).hasSameSizeAs(bytes);
        Files.delete(file);
        try (TrailLog log = open()) {
            assertThat(read(log)).isEqualTo(whole);
        }
    }

    @Test
    void an_end_that_was_passed_over_is_a_mistake_that_shows() throws IOException {
        try (TrailLog log = open()) {
            home.settleTo(2L * EPOCH_BLOCKS);
            assertThatThrownBy(() -> log.settle(home.tip()))
                    .isInstanceOf(IllegalStateException.class);
        }
        home.settleTo(2L * EPOCH_BLOCKS + 1);
        assertThatThrownBy(() -> EpochEnd.of(home.tip()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
