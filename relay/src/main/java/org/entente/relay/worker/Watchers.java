package org.entente.relay.worker;

import org.entente.protocol.Digest;
import org.entente.relay.Status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Who waits for an exchange to move on.
public final class Watchers {
    private static final int UNREAD_MAX = 64;

    private final Map<Digest, List<Watch>> watches = new ConcurrentHashMap<>();

    /// One who waits. One that does not read in time misses what is in between, never the last.
    public final class Watch implements AutoCloseable {
        private final Digest exchange;
        private final BlockingQueue<Status> unread = new ArrayBlockingQueue<>(UNREAD_MAX);

        private Watch(Digest exchange) {
            this.exchange = exchange;
        }

        /// The next move; nothing when there is none in time.
        public Optional<Status> next(long millis) throws InterruptedException {
            return Optional.ofNullable(unread.poll(Math.max(0, millis), TimeUnit.MILLISECONDS));
        }

        private void moved(Status status) {
            while (!unread.offer(status)) {
                unread.poll();
            }
        }

        @Override
        public void close() {
            watches.computeIfPresent(
                    exchange,
                    (_, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    /// From now on; look at the exchange after this, so that nothing is missed.
    public Watch watch(Digest exchange) {
        Watch watch = new Watch(exchange);
        watches.compute(
                exchange,
                (_, all) -> {
                    List<Watch> list = all == null ? new CopyOnWriteArrayList<>() : all;
                    list.add(watch);
                    return list;
                });
        return watch;
    }

    void moved(Status status) {
        watches.getOrDefault(status.exchange(), List.of()).forEach(watch -> watch.moved(status));
    }
}
