package org.entente.chain.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A handler that admits everybody and remembers what it was told, in order.
final class Heard implements PeerHandler {
    private static final long TIME_MAX_SECONDS = 60;

    final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    /// Each message takes one.
    final Semaphore reading = new Semaphore(Integer.MAX_VALUE / 2);

    volatile Verdict admitting = Verdict.accepted();
    volatile boolean failing;

    sealed interface Told {}

    record Opened(Peer peer) implements Told {}

    record Message(PeerKey from, Bytes bytes) implements Told {}

    record Closed(PeerKey key, String why) implements Told {}

    record NotOpened(PeerKey key, String why) implements Told {}

    Told next() throws InterruptedException {
        return Optional.ofNullable(told.poll(TIME_MAX_SECONDS, TimeUnit.SECONDS)).orElseThrow();
    }

    Peer opened() throws InterruptedException {
        return next(Opened.class).peer();
    }

    Bytes message() throws InterruptedException {
        return next(Message.class).bytes();
    }

    String closed() throws InterruptedException {
        return next(Closed.class).why();
    }

    <T extends Told> T next(Class<T> kind) throws InterruptedException {
        Told next = next();
        assertThat(next).isInstanceOf(kind);
        return kind.cast(next);
    }

    @Override
    public Verdict admit(PeerKey key, Introduction theirs) {
        return admitting;
    }

    @Override
    public void opened(Peer peer) {
        told.add(new Opened(peer));
    }

    @Override
    public void heard(Peer peer, Bytes message) throws InterruptedException {
        if (failing) {
            throw new IllegalStateException("a handler that fails");
        }
        reading.acquire();
        told.add(new Message(peer.key(), message));
    }

    @Override
    public void closed(Peer peer, String why) {
        told.add(new Closed(peer.key(), why));
    }

    @Override
    public void refused(PeerKey key, String why) {
        told.add(new NotOpened(key, why));
    }
}
