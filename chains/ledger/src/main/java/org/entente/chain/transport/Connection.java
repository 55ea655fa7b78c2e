package org.entente.chain.transport;

import org.entente.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// One open connection. The thread that serves it reads and tells the handler; another one writes;
/// the watch of all connections ends what takes too long.
///
/// `OPEN → ENDING` (a reason is set; a farewell may still be written) `→` gone: the socket is
/// closed, the writer has ended, the handler was told.
final class Connection implements Peer {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Meeting met;
    private final Network network;
    private final PeerAddress address;
    private final Outbox outbox;
    private final AtomicReference<Optional<String>> why = new AtomicReference<>(Optional.empty());

    /// Of the frame that is being written.
    private volatile Optional<Long> writingNanos = Optional.empty();

    private volatile Optional<Long> endingNanos = Optional.empty();

    /// The watch's own.
    private long pingedNanos = System.nanoTime();

    Connection(Meeting met, Network network) {
        this.met = met;
        this.network = network;
        this.address = PeerAddress.of(met.plain());
        this.outbox = new Outbox(network.configuration().limits(), network.tally());
    }

    @Override
    public PeerKey key() {
        return met.key();
    }

    /// The key that this end has shown.
    PeerKey own() {
        return met.own();
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public Introduction introduction() {
        return met.theirs();
    }

    Dialled dialled() {
        return met.dialled();
    }

    boolean isEnding() {
        return why.get().isPresent();
    }

    @Override
    public boolean send(Bytes message, Urgency urgency) {
        if (message.size() > MESSAGE_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    message.size() + " bytes where " + MESSAGE_SIZE_BYTES_MAX + " are allowed");
        }
        return switch (outbox.put(message, urgency)) {
            case WAITING -> true;
            case LEFT_OUT, ENDED -> false;
            case NO_ROOM -> {
                close("does not read what it needs");
                yield false;
            }
        };
    }

    @Override
    public void blame(int points, String what) {
        LOG.atInfo()
                .addKeyValue("peer", key())
                .addKeyValue("points", points)
                .addKeyValue("why", what)
                .log("a peer is blamed");
        if (network.standing().blame(key(), points, System.nanoTime()) && !isEnding()) {
            network.tally().blamed.increment();
            close("refused for a while: " + what);
        }
    }

    @Override
    public void close(String reason) {
        if (ending(reason)) {
            outbox.bye(reason);
        }
    }

    /// Reads until the end, then sees to it that nothing of the connection is left.
    void serve() throws InterruptedException {
        Thread writer = network.crew().start("peer-writer " + key(), this::write);
        try {
            network.handler().opened(this);
            listen();
        } catch (FrameRefused e) {
            close(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            broke(e);
        } catch (InterruptedException e) {
            close("stopping");
            hangUp();
            throw e;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("peer", key()).log("a peer's handler failed");
            close("failed at this end");
        } finally {
            end(writer);
        }
    }

    /// Called every few milliseconds.
    void watch() {
        long now = System.nanoTime();
        met.reader().overdue(network.times()).ifPresent(this::close);
        if (writingNanos
                .filter(since -> now - since > network.times().sendTimeMax().toNanos())
                .isPresent()) {
            close("read nothing for " + network.times().sendTimeMax());
        }
        if (endingNanos.filter(since -> now - since > Parting.TIME_MAX.toNanos()).isPresent()) {
            hangUp();
        }
        if (now - pingedNanos >= network.times().pingEvery().toNanos()) {
            pingedNanos = now;
            outbox.ping();
        }
    }

    private void listen() throws IOException, InterruptedException {
        PeerLimits limits = network.configuration().limits();
        Pace frames = new Pace(limits.framesPerSecond(), System.nanoTime());
        Pace bytes = new Pace(limits.bytesPerSecond(), System.nanoTime());
        while (!isEnding()) {
            Frame frame = met.reader().next();
            network.tally().bytesIn.add(frame.sizeBytes());
            switch (frame.type()) {
                case HELLO -> throw new FrameRefused("a second introduction");
                case MESSAGE -> heard(frame.payload());
                case PING -> outbox.pong();
                case PONG -> {}
                case BYE -> {
                    ending(frame.reason());
                    outbox.end();
                    hangUp();
                }
            }
            long now = System.nanoTime();
            pause(Math.max(frames.take(1, now), bytes.take(frame.sizeBytes(), now)));
        }
    }

    private void heard(Bytes message) throws InterruptedException {
        network.tally().messagesIn.increment();
        if (!isEnding()) {
            network.handler().heard(this, message);
        }
    }

    /// Reads nothing for a while, as long as the connection lasts.
    private void pause(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !isEnding()) {
            Thread.sleep(Duration.ofNanos(Math.min(left, Duration.ofMillis(50).toNanos())));
            left = until - System.nanoTime();
        }
    }

    private void write() {
        try {
            while (true) {
                if (outbox.isEmpty()) {
                    met.out().flush();
                }
                Optional<Frame> frame = outbox.take();
                if (frame.isEmpty()) {
                    return;
                }
                writingNanos = Optional.of(System.nanoTime());
                met.out().write(frame.get().written());
                writingNanos = Optional.empty();
                count(frame.get());
                if (frame.get().type() == Frame.Type.BYE) {
                    met.out().flush();
                    met.plain().shutdownOutput();
                    return;
                }
            }
        } catch (IOException e) {
            // The other end may have said why before it went: whoever reads finds it or the end.
            endingNanos = Optional.of(System.nanoTime());
        } catch (InterruptedException e) {
            hangUp();
        } finally {
            writingNanos = Optional.empty();
            outbox.end();
        }
    }

    private void count(Frame frame) {
        network.tally().bytesOut.add(frame.sizeBytes());
        if (frame.type() == Frame.Type.MESSAGE) {
            network.tally().messagesOut.increment();
        }
    }

    private void broke(IOException how) {
        if (ending("the connection broke: " + how.getMessage())) {
            outbox.end();
        }
    }

    /// Only the first reason counts.
    private boolean ending(String reason) {
        boolean first = why.compareAndSet(Optional.empty(), Optional.of(reason));
        if (first) {
            endingNanos = Optional.of(System.nanoTime());
        }
        return first;
    }

    private void end(Thread writer) throws InterruptedException {
        try {
            writer.join();
            if (!met.plain().isClosed()) {
                Parting.from(met.plain());
            }
        } finally {
            hangUp();
            String reason = why.get().orElse("the connection broke");
            LOG.atInfo()
                    .addKeyValue("peer", key())
                    .addKeyValue("address", address)
                    .addKeyValue("why", reason)
                    .log("a peer is gone");
            try {
                network.handler().closed(this, reason);
            } finally {
                network.roster().leave(this);
            }
        }
    }

    @Override
    public String toString() {
        return key() + " at " + address;
    }

    /// Without a farewell.
    void hangUp() {
        try {
            met.plain().close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a socket did not close");
        }
    }
}
