package org.entente.runtime;

import java.util.concurrent.ThreadFactory;

/// Virtual threads, one per task, with names that say whose they are.
public final class Threads {
    private Threads() {}

    /// Names them `prefix-0`, `prefix-1`, …
    public static ThreadFactory named(String prefix) {
        return Thread.ofVirtual().name(prefix + "-", 0).factory();
    }

    public static Thread start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(task);
    }
}
