package org.entente.relay.log;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// A process of its own that appends from several threads and prints each serial once it is
/// acknowledged, until it is killed.
final class AppendingProcess {
    private static final int WRITERS = 8;

    private AppendingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Log log = LogFixture.reopen(directory);
        ReentrantLock printing = new ReentrantLock();
        for (int writer = 0; writer < WRITERS; writer++) {
            Thread.ofPlatform().start(() -> append(log, printing));
        }
    }

    private static void append(Log log, ReentrantLock printing) {
        try {
            while (true) {
                long serial = log.append(LogFixture.draft()).orElseThrow();
                printing.lock();
                try {
                    System.out.println(serial);
                    System.out.flush();
                } finally {
                    printing.unlock();
                }
            }
        } catch (LogUnavailable | InterruptedException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
