package org.entente.client;

import org.entente.protocol.Bytes;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// Takes a body up to a size and drops the connection when it goes on: an answer cannot fill our
/// memory. What came until then is refused, or enough.
final class LimitedBody implements HttpResponse.BodySubscriber<Bytes> {
    private final int sizeMax;
    private final Excess excess;
    private final CompletableFuture<Bytes> body = new CompletableFuture<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private Flow.Subscription subscription = NOTHING;

    private static final Flow.Subscription NOTHING =
            new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            };

    /// What to do with a body that goes on.
    enum Excess {
        REFUSED,
        LEFT_OUT
    }

    LimitedBody(int sizeMax, Excess excess) {
        this.sizeMax = sizeMax;
        this.excess = excess;
    }

    /// The other side sent more than we take.
    static final class TooLarge extends java.io.IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int sizeMax) {
            super("an answer of more than " + sizeMax + " bytes");
        }
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            int taken = Math.min(bytes.length, sizeMax - content.size());
            content.write(bytes, 0, taken);
            if (taken < bytes.length) {
                subscription.cancel();
                over();
                return;
            }
        }
    }

    private void over() {
        switch (excess) {
            case REFUSED -> body.completeExceptionally(new TooLarge(sizeMax));
            case LEFT_OUT -> onComplete();
        }
    }

    @Override
    public void onError(Throwable why) {
        body.completeExceptionally(why);
    }

    @Override
    public void onComplete() {
        body.complete(Bytes.copyOf(content.toByteArray()));
    }
}
