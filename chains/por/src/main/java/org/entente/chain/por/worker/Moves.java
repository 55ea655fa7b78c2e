package org.entente.chain.por.worker;

import org.entente.chain.por.Placed;
import org.entente.chain.por.Tree;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/// How the newest branch went, block by block and numbered from the start of the process: what it
/// left for a longer one, and what joined it. The last moves are kept for whoever follows along.
public final class Moves {
    private static final int COUNT_MAX = 4_096;

    /// Guards everything below, and tells of it.
    private final Object lock = new Object();

    private final Deque<Move> last = new ArrayDeque<>();
    private long count;
    private boolean closed;

    public enum Kind {
        LEFT,
        JOINED
    }

    public record Move(Kind kind, long height, Digest hash) {}

    void add(Tree.Change change) {
        synchronized (lock) {
            change.left().forEach(each -> add(Kind.LEFT, each));
            change.joined().forEach(each -> add(Kind.JOINED, each));
            lock.notifyAll();
        }
    }

    private void add(Kind kind, Placed placed) {
        last.add(new Move(kind, placed.height(), placed.hash()));
        count++;
        if (last.size() > COUNT_MAX) {
            last.removeFirst();
        }
    }

    /// The number of the next move.
    public long next() {
        synchronized (lock) {
            return count;
        }
    }

    /// Waits for the move with a number; nothing when it was not in time.
    ///
    /// @throws IOException where it is not kept any longer
    public Optional<Move> await(long number, Duration timeMax)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + timeMax.toNanos();
        synchronized (lock) {
            while (number >= count && !closed) {
                long leftMillis = (until - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return Optional.empty();
                }
                lock.wait(leftMillis);
            }
            if (number >= count) {
                return Optional.empty();
            }
            long skipped = number - (count - last.size());
            if (skipped < 0) {
                throw new IOException("move " + number + " is not kept any longer");
            }
            Iterator<Move> each = last.iterator();
            for (long index = 0; index < skipped; index++) {
                each.next();
            }
            return Optional.of(each.next());
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
