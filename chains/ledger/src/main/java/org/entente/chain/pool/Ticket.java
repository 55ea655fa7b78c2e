package org.entente.chain.pool;

import org.entente.chain.SignedTransaction;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// One waiting transaction and whoever waits for it.
public final class Ticket {
    private final SignedTransaction signed;
    private final Digest id;
    private final int sizeBytes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Optional<Parsed<Inclusion>>> end =
            new AtomicReference<>(Optional.empty());

    private Ticket(SignedTransaction signed, int sizeBytes) {
        this.signed = signed;
        this.id = signed.id();
        this.sizeBytes = sizeBytes;
    }

    public static Ticket of(SignedTransaction signed) {
        return new Ticket(signed, signed.sizeBytes());
    }

    public SignedTransaction signed() {
        return signed;
    }

    public Digest id() {
        return id;
    }

    public long nonce() {
        return signed.transaction().nonce();
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    public void end(Parsed<Inclusion> how) {
        end.set(Optional.of(how));
        ended.countDown();
    }

    /// How it ended, if it has.
    public Optional<Parsed<Inclusion>> ending() {
        return end.get();
    }

    /// How it ended; nothing when it still waits after this time.
    public Optional<Parsed<Inclusion>> await(Duration timeMax) throws InterruptedException {
        boolean _ = ended.await(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        return end.get();
    }
}
