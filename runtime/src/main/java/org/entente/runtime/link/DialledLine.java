package org.entente.runtime.link;

import org.entente.protocol.Bytes;
import org.entente.runtime.Threads;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The end of a line that dialled, on the JDK's WebSocket.
///
/// That takes one message at a time, so one thread sends what waits.
final class DialledLine implements Line, WebSocket.Listener {
    private static final int RECEIVED_COUNT_MAX = 256;
    private static final int SENT_COUNT_MAX = 64;

    private final BlockingQueue<Bytes> outbox = new ArrayBlockingQueue<>(SENT_COUNT_MAX);
    private final Pulse pulse;
    private final Ends ends;
    private Bytes partial = Bytes.EMPTY;
    private volatile Optional<WebSocket> socket = Optional.empty();
    private volatile Optional<Thread> sender = Optional.empty();

    DialledLine(Pulse pulse) {
        this.pulse = pulse;
        this.ends = new Ends(pulse, this::consumed);
    }

    void start(WebSocket opened, URI address, LineHandler handler) {
        socket = Optional.of(opened);
        sender = Optional.of(Threads.start("line-sender", () -> deliver(opened)));
        Threads.start("line-pulse", () -> pulse(opened));
        ends.start("line " + address.getAuthority(), this, handler);
        if (ends.isEnded()) {
            quit();
        }
    }

    @Override
    public Optional<X509Certificate> peer() {
        return Optional.empty();
    }

    @Override
    public void send(Bytes message) throws LineClosed, InterruptedException {
        if (message.size() > MESSAGE_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    message.size() + " bytes where " + MESSAGE_SIZE_BYTES_MAX + " are allowed");
        }
        if (ends.isEnded()) {
            throw new LineClosed(ends.why());
        }
        if (!outbox.offer(message, SEND_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            close("the other end does not read");
            throw new LineClosed(ends.why());
        }
    }

    @Override
    public void close(String why) {
        ends.end(why);
        quit();
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(RECEIVED_COUNT_MAX);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        if (partial.size() + part.length > MESSAGE_SIZE_BYTES_MAX) {
            close("a message of more than " + MESSAGE_SIZE_BYTES_MAX + " bytes");
            return done();
        }
        Bytes whole = partial.isEmpty() ? Bytes.copyOf(part) : partial.concat(Bytes.copyOf(part));
        if (last) {
            partial = Bytes.EMPTY;
            ends.came(whole);
        } else {
            partial = whole;
            from.request(1);
        }
        return done();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        close("text, where messages are binary");
        return done();
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        ends.sign();
        from.request(1);
        return done();
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        ends.sign();
        from.request(1);
        return done();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        close(reason.isEmpty() ? "closed by the other end" : reason);
        return done();
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        close("the connection broke: " + error.getMessage());
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedFuture(null);
    }

    private void consumed() {
        socket.ifPresent(it -> it.request(1));
    }

    private void quit() {
        socket.ifPresent(WebSocket::abort);
        sender.ifPresent(Thread::interrupt);
    }

    private void deliver(WebSocket to) {
        try {
            while (!ends.isEnded()) {
                Bytes message = outbox.take();
                to.sendBinary(message.asBuffer(), true)
                        .get(SEND_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // Only the end of the line interrupts.
            close("ended");
        } catch (ExecutionException | TimeoutException e) {
            close("sending failed: " + e);
        }
    }

    private void pulse(WebSocket to) {
        try {
            while (!ends.isEnded()) {
                Thread.sleep(pulse.pingEvery());
                if (ends.isSilent()) {
                    close("silent for " + pulse.silenceMax());
                } else {
                    to.sendPing(ByteBuffer.allocate(0))
                            .get(SEND_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            close("the connection broke: " + e);
        }
    }
}
