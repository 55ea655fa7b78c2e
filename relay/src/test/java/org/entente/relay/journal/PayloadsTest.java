package org.entente.relay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

final class PayloadsTest {
    private static final Payloads.Settings SMALL =
            new Payloads.Settings(Duration.ofHours(24), Duration.ofHours(1), 100_000);

    @TempDir private Path folder;

    private Instant now = Instant.parse("2026-11-21T10:30:15Z");

    private Payloads open() throws IOException {
        return new Payloads(folder, SMALL, () -> now);
    }

    private static Bytes value(int number) {
        return Bytes.utf8("value " + number);
    }

    private static Digest put(Payloads payloads, Bytes value)
            throws IOException, InterruptedException {
        assertThat(payloads.put(Digest.of(value), value)).isEqualTo(Verdict.accepted());
        return Digest.of(value);
    }

    @Test
    void many_at_a_time_are_there_after_a_restart() throws Exception {
        try (Payloads payloads = open();
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Digest>> puts = new ArrayList<>();
            for (int number = 0; number < 200; number++) {
                Bytes value = value(number % 150);
                puts.add(writers.submit(() -> put(payloads, value)));
            }
            for (Future<Digest> each : puts) {
                assertThat(payloads.has(each.get())).isTrue();
            }
        }
        try (Payloads payloads = open()) {
            for (int number = 0; number < 150; number++) {
                assertThat(payloads.find(Digest.of(value(number)))).contains(value(number));
            }
        }
    }

    @Test
    void a_torn_end_is_cut_and_the_rest_is_there() throws Exception {
        Digest first;
        try (Payloads payloads = open()) {
            first = put(payloads, value(1));
            put(payloads, value(2));
        }
        Path pack = packs().getFirst();
        try (var channel = Files.newByteChannel(pack, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(pack) - 1);
        }
        try (Payloads payloads = open()) {
            assertThat(payloads.find(first)).contains(value(1));
            assertThat(payloads.has(Digest.of(value(2)))).isFalse();
            assertThat(payloads.find(put(payloads, value(2)))).contains(value(2));
        }
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void what_has_another_digest_or_no_room_is_refused() throws Exception {
        try (Payloads payloads = open()) {
            assertThat(fault(payloads.put(Digest.ZERO, value(1)))).isEqualTo(Fault.UNBOUND);
            Bytes large = Bytes.copyOf(new byte[100_001]);
            assertThat(fault(payloads.put(Digest.of(large), large))).isEqualTo(Fault.OVERLOADED);
        }
    }

    @Test
    void what_is_held_stays_until_the_retention_after_its_release_has_passed() throws Exception {
        Digest held;
        Digest loose;
        try (Payloads payloads = open()) {
            held = put(payloads, value(1));
        }
        now = now.plus(Duration.ofHours(25));
        try (Payloads payloads = open()) {
            loose = put(payloads, value(2));
            payloads.hold(List.of(held));
            now = now.plus(Duration.ofDays(10));
            payloads.sweep();
            assertThat(payloads.has(held)).isTrue();
            payloads.release(List.of(held));
            now = now.plus(Duration.ofHours(23));
            payloads.sweep();
            assertThat(payloads.has(held)).isTrue();
            now = now.plus(Duration.ofHours(1));
            payloads.sweep();
            assertThat(payloads.has(held)).isFalse();
            assertThat(payloads.find(held)).isEmpty();
            assertThat(payloads.has(loose)).as("in the pack that is being written").isTrue();
        }
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
