package org.entente.trials.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one process has computed so far, by the kernel's account of its threads.
///
/// @param all of its threads, those that ended included
/// @param compiler those that compile what runs often
/// @param collector those that collect garbage
record Computed(Duration all, Duration compiler, Duration collector) {
    private static final Duration TICK = Duration.ofMillis(10);

    /// Behind the name in parentheses: state, ppid, … utime is the twelfth, stime the next.
    private static final int USER_TIME = 11;

    static Computed of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Duration compiler = Duration.ZERO;
        Duration collector = Duration.ZERO;
        List<Path> threads;
        try (Stream<Path> listed = Files.list(process.resolve("task"))) {
            threads = listed.toList();
        }
        for (Path thread : threads) {
            Optional<String> found = stat(thread);
            if (found.isPresent()) {
                String stat = found.get();
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
                    compiler = compiler.plus(time(stat));
                } else if (name.startsWith("G1 ") || name.startsWith("GC Thread")) {
                    collector = collector.plus(time(stat));
                }
            }
        }
        return new Computed(time(Files.readString(process.resolve("stat"))), compiler, collector);
    }

    /// Empty when the thread has ended since it was listed: a worker, none of those that count.
    private static Optional<String> stat(Path thread) throws IOException {
        try {
            return Optional.of(Files.readString(thread.resolve("stat")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Duration time(String stat) {
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return TICK.multipliedBy(
                Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(USER_TIME + 1)));
    }

    Computed since(Computed before) {
        return new Computed(
                all.minus(before.all),
                compiler.minus(before.compiler),
                collector.minus(before.collector));
    }
}
