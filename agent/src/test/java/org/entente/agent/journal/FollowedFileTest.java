package org.entente.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

final class FollowedFileTest {
    @TempDir Path place;

    private static Point block(long height) {
        return new Point(height, Bytes.utf8("block " + height));
    }

    @Test
    void the_block_that_was_followed_last_is_known_after_a_restart() throws Exception {
        Path path = place.resolve("solo~orders.chain");
        try (FollowedFile file = FollowedFile.open(path)) {
            assertThat(file.newest()).isEmpty();
            file.followed(block(7));
            file.followed(block(8));
        }
        try (FollowedFile file = FollowedFile.open(path)) {
            assertThat(file.newest()).contains(block(8));
        }
    }

    @Test
    void what_was_replaced_is_known_after_a_crash_until_exactly_it_is_accepted() throws Exception {
        Path path = place.resolve("solo~orders.chain");
        Path copy = place.resolve("crashed");
        Point another = new Point(8, Bytes.utf8("another block 8"));
        try (FollowedFile file = FollowedFile.open(path)) {
            file.followed(block(6));
            file.followed(block(7));
            file.followed(block(8));
            assertThat(file.accept(another).isAccepted()).isFalse();
            file.broken(new Seen.FinalityBroken<>(block(8), another, 7));
            Files.copy(path, copy);
        }
        try (FollowedFile file = FollowedFile.open(copy)) {
            assertThat(file.newest()).contains(block(8));
            assertThat(file.broken()).isPresent();
            assertThat(file.accept(block(8)).isAccepted()).isFalse();
            assertThat(file.accept(another).isAccepted()).isTrue();
        }
        try (FollowedFile file = FollowedFile.open(copy)) {
            assertThat(file.broken()).isEmpty();
            assertThat(file.points()).containsExactly(block(6), another);
        }
    }

    @Test
    void a_crash_leaves_one_that_was_followed_before() throws Exception {
        Path path = place.resolve("solo~orders.chain");
        Path copy = place.resolve("crashed");
        try (FollowedFile file = FollowedFile.open(path)) {
            for (long height = 1; height <= 100; height++) {
                file.followed(block(height));
            }
            Files.copy(path, copy);
        }
        try (FollowedFile file = FollowedFile.open(copy)) {
            assertThat(file.newest())
                    .hasValueSatisfying(
                            point -> assertThat(point).isEqualTo(block(point.height())));
        }
    }
}
