package org.entente.chain.industrial.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The newest are kept, under numbers that never change.
final class AlertBookTest {
    private static final Filter NONE =
            new Filter(
                    Sorted.copyOf(List.of(AlertType.NODE_BANNED)),
                    Optional.empty(),
                    "",
                    Optional.empty());

    private static List<Alert> some(long height, int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new Alert(
                                AlertType.VIEW_CHANGE,
                                new Alert.Place(height, 0, number),
                                Instant.EPOCH,
                                Optional.empty(),
                                "block",
                                Optional.empty(),
                                ""))
                .toList();
    }

    @Test
    void what_is_let_go_leaves_the_numbers_of_the_others_as_they_are() {
        AlertBook book = new AlertBook();
        book.add(1, some(1, AlertBook.COUNT_MAX));
        book.add(2, some(2, 3));
        assertThat(book.first()).isEqualTo(4);
        assertThat(book.next()).isEqualTo(AlertBook.COUNT_MAX + 4);
        assertThat(book.find(3)).isEmpty();
        assertThat(book.find(4).orElseThrow().place().number()).isEqualTo(3);
        AlertBook.Page last = book.page(AlertBook.COUNT_MAX, Filter.ALL, 0, 2);
        assertThat(last.alerts())
                .extracting(each -> each.alert().place().height())
                .containsExactly(2L, 2L);
        assertThat(last.next()).isEqualTo(AlertBook.COUNT_MAX + 2);
        assertThat(last.height()).isEqualTo(2);
    }

    @Test
    void a_filter_that_lets_nothing_through_moves_on_by_so_many() {
        AlertBook book = new AlertBook();
        book.add(1, some(1, AlertBook.LOOKED_MAX + 5));
        AlertBook.Page page = book.page(0, NONE, 0, 9);
        assertThat(page.alerts()).isEmpty();
        assertThat(page.next()).isEqualTo(AlertBook.LOOKED_MAX);
        assertThat(book.page(page.next(), NONE, 0, 9).next()).isEqualTo(AlertBook.LOOKED_MAX + 5);
    }

    @Test
    void who_waits_is_woken_by_the_next_one_and_by_the_end() throws InterruptedException {
        AlertBook book = new AlertBook();
        Thread waiting = Thread.ofVirtual().start(() -> await(book, 0));
        book.add(1, some(1, 1));
        waiting.join();
        Thread last = Thread.ofVirtual().start(() -> await(book, 1));
        book.close();
        last.join();
        assertThat(book.isClosed()).isTrue();
    }

    private static void await(AlertBook book, long after) {
        try {
            book.await(after, Duration.ofDays(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
