package org.entente.chain.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Which connections are open: one for each key.
///
/// Of two between the same keys the one stays that the lower key dialled, which both ends know
/// alike; of two that the same end dialled the newer, since nobody dials while it is connected.
final class Roster {
    private final int strangersMax;

    /// All that follows is guarded by this, which also tells of every change.
    private Self self;

    private final SortedMap<PeerKey, Connection> open = new TreeMap<>();

    private SortedSet<PeerKey> wanted = new TreeSet<>();
    private boolean closed;

    Roster(Self self, int strangersMax) {
        this.self = self;
        this.strangersMax = strangersMax;
    }

    synchronized Self self() {
        return self;
    }

    /// From now on only connections under another key of this node enter; those that are open end.
    synchronized void become(Self next) {
        self = next;
        open.values().forEach(each -> each.close(Refused.RENAMED));
        notifyAll();
    }

    synchronized void want(SortedSet<PeerKey> keys) {
        wanted = new TreeSet<>(keys);
        notifyAll();
    }

    /// Waits until an older connection of the key, if it gives way, has ended and was told so.
    synchronized void enter(Connection entering, Duration timeMax)
            throws Refused, InterruptedException {
        PeerKey key = entering.key();
        long until = System.nanoTime() + timeMax.toNanos();
        while (true) {
            if (closed) {
                throw new Refused("stopping");
            }
            if (!entering.own().equals(self.key())) {
                throw new Refused(Refused.RENAMED);
            }
            Connection older = open.get(key);
            if (older == null) {
                break;
            }
            if (!older.isEnding()) {
                if (!givesWay(older, entering)) {
                    throw new Refused(Refused.CONNECTED);
                }
                older.close(Refused.CONNECTED);
            }
            long leftMillis = (until - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new Refused("the connection before has not ended");
            }
            wait(leftMillis);
        }
        if (!wanted.contains(key) && strangers() >= strangersMax) {
            throw new Refused("no room for more that are not wanted here");
        }
        open.put(key, entering);
        notifyAll();
    }

    synchronized void leave(Connection leaving) {
        open.remove(leaving.key(), leaving);
        notifyAll();
    }

    synchronized boolean has(PeerKey key) {
        return open.containsKey(key);
    }

    synchronized List<Connection> open() {
        return new ArrayList<>(open.values());
    }

    synchronized SortedMap<PeerKey, Peer> peers() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(open));
    }

    /// Something that somebody waits for may have changed.
    synchronized void changed() {
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Waits until something holds that a change tells of, or time is up.
    synchronized void await(BooleanSupplier holds, long nanosMax) throws InterruptedException {
        long until = System.nanoTime() + nanosMax;
        while (!holds.getAsBoolean()) {
            long leftMillis = (until - System.nanoTime() + 999_999) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }

    /// Both ends must come to the same answer.
    private boolean givesWay(Connection older, Connection entering) {
        if (older.dialled() == entering.dialled()) {
            return true;
        }
        boolean lower = self.key().compareTo(entering.key()) < 0;
        return (entering.dialled() == Dialled.BY_US) == lower;
    }

    private long strangers() {
        return open.keySet().stream().filter(key -> !wanted.contains(key)).count();
    }
}
