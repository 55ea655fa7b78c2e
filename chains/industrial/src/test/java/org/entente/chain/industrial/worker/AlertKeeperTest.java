package org.entente.chain.industrial.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.industrial.http.ServedTwin;
import org.entente.chain.industrial.register.Town;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.store.AlertFile;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// Where a node goes on hearing of its blocks after a start.
final class AlertKeeperTest {
    private static final String FILE = "alerts.heard";

    @TempDir private Path directory;
    private final Town town = Town.peopled();

    /// Two more blocks, with an alert each.
    @BeforeEach
    void refused() {
        for (int count = 0; count < 2; count++) {
            town.refused(town.stranger, new AlertDeed.Unsubscribe(Digest.ZERO));
        }
    }

    /// What one life of a node heard, and which blocks it read for that.
    private record Life(AlertBook.Page heard, List<Long> read) {}

    private Life life(Town of) throws Exception {
        ServedTwin chain = new ServedTwin(of::ledger, of::blocks).ending();
        AlertKeeper keeper =
                new AlertKeeper(
                        chain,
                        new AlertFile(directory, of.ledger().genesis()),
                        why -> {
                            throw new AssertionError(why);
                        });
        keeper.join();
        return new Life(keeper.book().page(0, Filter.ALL, 0, 100), chain.read());
    }

    /// The block before is looked at, whether it is the one that was heard last.
    private static List<Long> blocks(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void a_node_goes_on_behind_the_last_block_that_it_wrote_down() throws Exception {
        Life first = life(town);
        long height = town.ledger().height();
        assertThat(first.heard.alerts()).hasSize(2);
        assertThat(first.read).isEqualTo(blocks(1, height));
        refused();
        Life second = life(town);
        assertThat(second.read).isEqualTo(blocks(height, height + 2));
        assertThat(second.heard.alerts()).hasSize(4).startsWith(first.heard.alerts().get(0));
        assertThat(second.heard).isEqualTo(AlertBooks.of(town).page(0, Filter.ALL, 0, 100));
    }

    @Test
    void what_was_not_written_down_whole_is_made_again_from_the_first_block() throws Exception {
        Life first = life(town);
        byte[] bytes = Files.readAllBytes(directory.resolve(FILE));
        for (int cut : List.of(0, 5, bytes.length / 2, bytes.length - 1)) {
            Files.write(directory.resolve(FILE), Arrays.copyOf(bytes, cut));
            assertAnew(first);
        }
        for (int at = 0; at < bytes.length; at += 97) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 4;
            Files.write(directory.resolve(FILE), flipped);
            assertAnew(first);
        }
    }

    private void assertAnew(Life first) throws Exception {
        Life again = life(town);
        assertThat(again.read).isEqualTo(blocks(1, town.ledger().height()));
        assertThat(again.heard).isEqualTo(first.heard);
    }

    @Test
    void what_was_heard_of_another_chain_or_of_blocks_that_are_gone_counts_for_nothing()
            throws Exception {
        Town other = Town.peopled();
        other.refused(other.stranger, new AlertDeed.Unsubscribe(Digest.ZERO));
        life(town);
        Life otherLife = life(other);
        assertThat(otherLife.read).isEqualTo(blocks(1, other.ledger().height()));
        assertThat(otherLife.heard.alerts()).hasSize(1);
    }

    @Test
    void a_disk_that_takes_nothing_stops_nobody_from_hearing() throws Exception {
        Path unfinished = directory.resolve(FILE + ".unfinished");
        Files.createDirectory(unfinished);
        Files.createFile(unfinished.resolve("in the way"));
        Life first = life(town);
        assertThat(first.heard.alerts()).hasSize(2);
        assertThat(directory.resolve(FILE)).doesNotExist();
    }
}
