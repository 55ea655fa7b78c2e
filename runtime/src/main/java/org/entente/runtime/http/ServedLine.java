package org.entente.runtime.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

import org.entente.protocol.Bytes;
import org.entente.runtime.link.Ends;
import org.entente.runtime.link.Line;
import org.entente.runtime.link.LineClosed;
import org.entente.runtime.link.Pulse;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The end of a line that was dialled, on Vert.x's WebSocket.
final class ServedLine implements Line {
    private static final int RECEIVED_COUNT_MAX = 256;
    private static final int SENT_COUNT_MAX = 64;
    private static final short NORMAL = 1000;
    private static final int REASON_SIZE_BYTES_MAX = 123;
    private static final short NOT_ACCEPTABLE = 1003;

    private final Vertx vertx;
    private final Context loop;
    private final ServerWebSocket socket;
    private final Optional<X509Certificate> peer;
    private final Pulse pulse;
    private final Ends ends;
    private final Semaphore room = new Semaphore(SENT_COUNT_MAX);
    private final AtomicInteger received = new AtomicInteger();
    private long timer = -1;

    private ServedLine(
            Vertx vertx,
            Context loop,
            ServerWebSocket socket,
            Optional<X509Certificate> peer,
            Pulse pulse) {
        this.vertx = vertx;
        this.loop = loop;
        this.socket = socket;
        this.peer = peer;
        this.pulse = pulse;
        this.ends = new Ends(pulse, this::consumed);
    }

    /// On the event loop of the connection.
    static void take(
            Vertx vertx,
            Context loop,
            ServerWebSocket socket,
            Optional<X509Certificate> peer,
            Routes.Opened opened) {
        ServedLine line = new ServedLine(vertx, loop, socket, peer, opened.pulse());
        socket.binaryMessageHandler(message -> line.came(Bytes.copyOf(message.getBytes())));
        socket.textMessageHandler(_ -> {
            Future<Void> _ = socket.close(NOT_ACCEPTABLE, "messages are binary");
        });
        socket.pongHandler(_ -> line.ends.sign());
        socket.exceptionHandler(e -> line.close("the connection broke: " + e.getMessage()));
        socket.closeHandler(_ -> line.ended());
        line.timer = vertx.setPeriodic(opened.pulse().pingEvery().toMillis(), _ -> line.beat());
        line.ends.start("line", line, opened.handler());
    }

    @Override
    public Optional<X509Certificate> peer() {
        return peer;
    }

    @Override
    public void send(Bytes message) throws LineClosed, InterruptedException {
        if (message.size() > MESSAGE_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    message.size() + " bytes where " + MESSAGE_SIZE_BYTES_MAX + " are allowed");
        }
        if (!ends.isEnded() && !room.tryAcquire(SEND_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            close("the other end does not read");
        }
        if (ends.isEnded()) {
            throw new LineClosed(ends.why());
        }
        loop.runOnContext(_ ->
                socket.writeBinaryMessage(Buffer.buffer(message.toArray()))
                        .onComplete(_ -> room.release()));
    }

    @Override
    public void close(String why) {
        ends.end(why);
        room.release(SENT_COUNT_MAX);
        loop.runOnContext(_ -> {
            Future<Void> _ = socket.close(NORMAL, reason(ends.why()));
        });
    }

    /// As much of it as a closing frame carries.
    private static String reason(String why) {
        String plain = why.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.substring(0, Math.min(plain.length(), REASON_SIZE_BYTES_MAX));
    }

    private void came(Bytes message) {
        if (received.incrementAndGet() >= RECEIVED_COUNT_MAX) {
            socket.pause();
        }
        ends.came(message);
    }

    private void consumed() {
        if (received.decrementAndGet() == RECEIVED_COUNT_MAX / 2) {
            loop.runOnContext(_ -> socket.resume());
        }
    }

    private void beat() {
        if (ends.isSilent()) {
            close("silent for " + pulse.silenceMax());
        } else {
            Future<Void> _ = socket.writePing(Buffer.buffer());
        }
    }

    private void ended() {
        vertx.cancelTimer(timer);
        String reason = socket.closeReason();
        ends.end(reason == null || reason.isEmpty() ? "closed by the other end" : reason);
        room.release(SENT_COUNT_MAX);
    }
}
