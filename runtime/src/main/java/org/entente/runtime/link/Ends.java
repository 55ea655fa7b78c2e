package org.entente.runtime.link;

import org.entente.protocol.Bytes;
import org.entente.runtime.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;

/// One end of a line, whatever carries it: hands messages to the listener one by one, and knows
/// when the other end has been silent for too long.
public final class Ends {
    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);

    private final Pulse pulse;
    private final Runnable consumed;

    /// Guards `waiting`, `ended` and `why`.
    private final Object lock = new Object();

    private final Deque<Bytes> waiting = new ArrayDeque<>();
    private boolean ended;
    private String why = "";
    private volatile long heardNanos = System.nanoTime();

    /// @param consumed told each time that the listener is done with a message
    public Ends(Pulse pulse, Runnable consumed) {
        this.pulse = pulse;
        this.consumed = consumed;
    }

    /// Begins to tell the listener, in a thread of its own.
    public void start(String name, Line line, LineHandler handler) {
        Threads.start(name, () -> run(line, handler));
    }

    /// A message has come. Whoever carries the line stops reading when too many are not consumed.
    public void came(Bytes message) {
        sign();
        synchronized (lock) {
            if (!ended) {
                waiting.add(message);
                lock.notifyAll();
            }
        }
    }

    /// Any sign of life.
    public void sign() {
        heardNanos = System.nanoTime();
    }

    public boolean isSilent() {
        return System.nanoTime() - heardNanos > pulse.silenceMax().toNanos();
    }

    /// The line has ended; what came before is still told. Only the first reason counts.
    public void end(String reason) {
        synchronized (lock) {
            if (!ended) {
                ended = true;
                why = reason;
                lock.notifyAll();
            }
        }
    }

    public boolean isEnded() {
        synchronized (lock) {
            return ended;
        }
    }

    public String why() {
        synchronized (lock) {
            return why;
        }
    }

    private void run(Line line, LineHandler handler) {
        try {
            LineListener listener = handler.opened(line);
            try {
                tell(listener);
            } finally {
                line.close("the listener has ended");
                listener.closed(why());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a line's listener failed");
        } finally {
            line.close("the listener has ended");
        }
    }

    private void tell(LineListener listener) throws InterruptedException {
        while (true) {
            Bytes message;
            synchronized (lock) {
                while (waiting.isEmpty() && !ended) {
                    lock.wait();
                }
                if (waiting.isEmpty()) {
                    return;
                }
                message = waiting.remove();
            }
            listener.heard(message);
            consumed.run();
        }
    }
}
