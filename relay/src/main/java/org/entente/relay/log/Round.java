package org.entente.relay.log;

import org.entente.protocol.Fault;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The drafts that are committed together, because they came while the round before was forced.
///
/// What the committer writes here and into the drafts is seen by those who await, through the
/// latch.
final class Round {
    private final List<Pending> drafts = new ArrayList<>();
    private final CountDownLatch settled = new CountDownLatch(1);
    private @Nullable Throwable failure;

    Pending add(Draft draft) {
        Pending pending = new Pending(draft, this);
        drafts.add(pending);
        return pending;
    }

    List<Pending> drafts() {
        return drafts;
    }

    void succeeded() {
        settled.countDown();
    }

    void failed(Throwable why) {
        failure = why;
        settled.countDown();
    }

    void await() throws LogUnavailable, InterruptedException {
        settled.await();
        if (failure != null) {
            throw new LogUnavailable(
                    Fault.INTERNAL,
                    "the log could not be written; whether this record is on disk is unknown",
                    failure);
        }
    }
}
