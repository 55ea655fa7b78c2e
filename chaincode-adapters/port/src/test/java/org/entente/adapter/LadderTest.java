package org.entente.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.util.List;

final class LadderTest {
    private static Point block(long height) {
        return new Point(height, Bytes.utf8("block " + height));
    }

    private static Ladder climbed(long top) {
        Ladder ladder = new Ladder();
        for (long height = 1; height <= top; height++) {
            ladder.climb(block(height));
        }
        return ladder;
    }

    @Test
    void steps_are_the_denser_the_newer_and_few() {
        List<Long> heights = climbed(100_000).points().stream().map(Point::height).toList();
        assertThat(heights).hasSize(Ladder.COUNT_MAX).startsWith(1L).endsWith(99_999L, 100_000L);
        for (int index = 1; index < heights.size() - 1; index++) {
            long age = 100_000 - heights.get(index);
            assertThat(heights.get(index + 1) - heights.get(index)).isLessThanOrEqualTo(age);
        }
        assertThat(heights.stream().filter(height -> height > 99_000).count()).isGreaterThan(16);
    }

    @Test
    void nobody_climbs_down() {
        Ladder ladder = climbed(5);
        ladder.climb(block(3));
        ladder.climb(new Point(5, Bytes.utf8("another")));
        assertThat(ladder.top()).contains(block(5));
        assertThat(ladder.points()).hasSize(5);
    }

    @Test
    void what_is_cut_is_climbed_again() {
        Ladder ladder = climbed(5);
        ladder.cut(4);
        assertThat(ladder.top()).contains(block(3));
        ladder.climb(new Point(4, Bytes.utf8("another")));
        assertThat(ladder.top()).contains(new Point(4, Bytes.utf8("another")));
    }
}
