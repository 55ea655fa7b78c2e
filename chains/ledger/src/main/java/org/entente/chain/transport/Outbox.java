package org.entente.chain.transport;

import org.entente.protocol.Bytes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/// What waits for one peer to read: bounded, so that a peer that does not read holds no memory.
///
/// Any thread puts in, one takes. Signs of life and the farewell need no room and go first.
final class Outbox {
    /// What became of a message.
    enum Taken {
        WAITING,
        LEFT_OUT,
        NO_ROOM,
        ENDED
    }

    private record Message(Bytes bytes, Urgency urgency) {}

    private final int countMax;
    private final long sizeBytesMax;
    private final Tally tally;

    /// Guards everything below, and tells of it.
    private final Object lock = new Object();

    private final Deque<Message> waiting = new ArrayDeque<>();
    private long sizeBytes;
    private boolean pingDue;
    private boolean pongDue;
    private Optional<Frame> bye = Optional.empty();
    private boolean ended;

    Outbox(PeerLimits limits, Tally tally) {
        this.countMax = limits.waitingMax();
        this.sizeBytesMax = limits.waitingSizeBytesMax();
        this.tally = tally;
    }

    Taken put(Bytes message, Urgency urgency) {
        synchronized (lock) {
            if (ended || bye.isPresent()) {
                return Taken.ENDED;
            }
            if (urgency == Urgency.NEEDED) {
                makeRoom(message.size());
            }
            if (!hasRoom(message.size())) {
                return switch (urgency) {
                    case DROPPABLE -> leftOut();
                    case NEEDED -> Taken.NO_ROOM;
                };
            }
            waiting.add(new Message(message, urgency));
            sizeBytes += message.size();
            lock.notifyAll();
            return Taken.WAITING;
        }
    }

    void ping() {
        synchronized (lock) {
            pingDue = true;
            lock.notifyAll();
        }
    }

    /// Answers however many asked with one.
    void pong() {
        synchronized (lock) {
            pongDue = true;
            lock.notifyAll();
        }
    }

    /// The last frame; what waits is let go.
    void bye(String why) {
        synchronized (lock) {
            if (!ended && bye.isEmpty()) {
                bye = Optional.of(Frame.bye(why));
                letGo();
            }
        }
    }

    /// Nothing more is taken or given, not even a farewell.
    void end() {
        synchronized (lock) {
            ended = true;
            bye = Optional.empty();
            letGo();
        }
    }

    /// Whether who takes would have to wait.
    boolean isEmpty() {
        synchronized (lock) {
            return waiting.isEmpty() && !pingDue && !pongDue && bye.isEmpty() && !ended;
        }
    }

    /// Waits for the next frame; nothing after the farewell.
    Optional<Frame> take() throws InterruptedException {
        synchronized (lock) {
            while (isEmpty()) {
                lock.wait();
            }
            if (ended) {
                return Optional.empty();
            }
            if (bye.isPresent()) {
                Optional<Frame> last = bye;
                end();
                return last;
            }
            if (pongDue) {
                pongDue = false;
                return Optional.of(Frame.PONG);
            }
            if (pingDue) {
                pingDue = false;
                return Optional.of(Frame.PING);
            }
            Bytes message = waiting.remove().bytes();
            sizeBytes -= message.size();
            return Optional.of(new Frame(Frame.Type.MESSAGE, message));
        }
    }

    /// Called with the lock held, as all below.
    private void letGo() {
        waiting.clear();
        sizeBytes = 0;
        lock.notifyAll();
    }

    private boolean hasRoom(int size) {
        return waiting.size() < countMax && sizeBytes + size <= sizeBytesMax;
    }

    private void makeRoom(int size) {
        Iterator<Message> oldest = waiting.iterator();
        while (!hasRoom(size) && oldest.hasNext()) {
            Message message = oldest.next();
            if (message.urgency() == Urgency.DROPPABLE) {
                oldest.remove();
                sizeBytes -= message.bytes().size();
                leftOut();
            }
        }
    }

    private Taken leftOut() {
        tally.dropped.increment();
        return Taken.LEFT_OUT;
    }
}
