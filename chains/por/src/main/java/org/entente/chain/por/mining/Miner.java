package org.entente.chain.por.mining;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// A node's miner: one platform thread that searches for one thing at a time.
///
/// `RESTING → SEARCHING` by [#mine]; back by [#rest], or when it has told the outcome. Other work
/// takes the place of what is being searched for; of that nothing more is told.
public final class Miner implements AutoCloseable {
    /// Between two looks at whether to go on: a fraction of a millisecond.
    private static final int BATCH_MAX = 1024;

    private final MinerSettings settings;
    private final Thread thread;
    private final LongAdder hashes = new LongAdder();
    private final LongAdder searchingNanos = new LongAdder();

    /// Guards `given` and `closed`, and tells of them.
    private final Object lock = new Object();

    private Optional<Job> given = Optional.empty();
    private boolean closed;

    /// Counts up whenever a search is given up or over: what the thread looks at. Written under the
    /// lock.
    private volatile long epoch;

    /// @param epoch in which it is wanted
    private record Job(long epoch, Work work, Consumer<Outcome> told) {}

    private Miner(MinerSettings settings) {
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("miner").daemon().unstarted(this::run);
    }

    public static Miner start(MinerSettings settings) {
        Miner miner = new Miner(settings);
        miner.thread.start();
        return miner;
    }

    /// Searches for this from now on.
    ///
    /// @param told the outcome, by the miner's thread; it should only hand it on. When other work
    ///   is given in the same moment it may still be called, so it must know its own work
    public void mine(Work work, Consumer<Outcome> told) {
        synchronized (lock) {
            begin();
            given = Optional.of(new Job(epoch, work, told));
        }
    }

    /// Searches for nothing.
    public void rest() {
        synchronized (lock) {
            begin();
        }
    }

    /// Since the start.
    public long hashes() {
        return hashes.sum();
    }

    /// Over all the time that it had something to search for, its limit included; 0 before.
    public double hashesPerSecond() {
        long nanos = searchingNanos.sum();
        return nanos == 0 ? 0 : hashes.sum() * 1e9 / nanos;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        rest();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Called with the lock held.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void begin() {
        epoch++;
        given = Optional.empty();
        lock.notifyAll();
    }

    private void run() {
        try {
            Optional<Job> job = next();
            while (job.isPresent()) {
                search(job.get());
                job = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Nothing once it is closed.
    private Optional<Job> next() throws InterruptedException {
        synchronized (lock) {
            while (given.isEmpty() && !closed) {
                lock.wait();
            }
            Optional<Job> next = closed ? Optional.empty() : given;
            given = Optional.empty();
            return next;
        }
    }

    private void search(Job job) throws InterruptedException {
        HeaderHash hash = new HeaderHash(job.work.prefix());
        long since = System.nanoTime();
        Pace pace = new Pace(settings.hashesPerSecondMax(), since);
        int batch = pace.batch(BATCH_MAX);
        long nonce = 0;
        while (nonce < settings.nonceCount() && isWanted(job)) {
            int count = (int) Math.min(batch, settings.nonceCount() - nonce);
            OptionalLong found = hash.find(job.work.target(), nonce, count);
            int done = found.isPresent() ? (int) (found.getAsLong() - nonce) + 1 : count;
            hashes.add(done);
            if (found.isPresent()) {
                searchingNanos.add(System.nanoTime() - since);
                tell(job, new Outcome.Found(found.getAsLong()));
                return;
            }
            nonce += count;
            long now = System.nanoTime();
            pause(job, pace.done(done, now));
            searchingNanos.add(System.nanoTime() - since);
            since = System.nanoTime();
        }
        if (nonce >= settings.nonceCount()) {
            tell(job, new Outcome.Exhausted());
        }
    }

    private boolean isWanted(Job job) {
        return job.epoch == epoch;
    }

    /// Ends at once when the job is no longer wanted.
    private void pause(Job job, long nanos) throws InterruptedException {
        if (nanos <= 0) {
            return;
        }
        long until = System.nanoTime() + nanos;
        synchronized (lock) {
            long left = nanos;
            while (left > 0 && isWanted(job)) {
                lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                left = until - System.nanoTime();
            }
        }
    }

    private void tell(Job job, Outcome outcome) {
        synchronized (lock) {
            if (!isWanted(job)) {
                return;
            }
            begin();
        }
        job.told.accept(outcome);
    }
}
