package org.entente.chain.industrial.worker;

import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Event;
import org.entente.chain.industrial.Step;
import org.entente.chain.pool.Mempool;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Executes blocks, one after the other on a thread of its own, so that votes are heard meanwhile.
final class Executor {
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Mempool pool;
    private final Working working;
    private final Verifying verifying;
    private final Meter meter;
    private final InstantSource clock;
    private final LongSupplier height;
    private final Listener listener;
    private final Consumer<Throwable> whenFailed;
    private final Thread thread;

    @FunctionalInterface
    private interface Job {
        void run() throws InterruptedException;
    }

    @FunctionalInterface
    interface Listener {
        void tell(Event event) throws InterruptedException;
    }

    /// @param height of the newest block: what is upon an older one is no longer asked for
    Executor(
            Mempool pool,
            Working working,
            Verifying verifying,
            Meter meter,
            InstantSource clock,
            LongSupplier height,
            Listener listener,
            Consumer<Throwable> whenFailed) {
        this.pool = pool;
        this.working = working;
        this.verifying = verifying;
        this.meter = meter;
        this.clock = clock;
        this.height = height;
        this.listener = listener;
        this.whenFailed = whenFailed;
        this.thread = Thread.ofPlatform().name("industrial-executor").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void make(Step.Make step) {
        jobs.add(() -> made(step));
    }

    void execute(Step.Execute step) {
        jobs.add(() -> executed(step));
    }

    private void run() {
        try {
            while (true) {
                jobs.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            whenFailed.accept(e);
        }
    }

    private void made(Step.Make step) throws InterruptedException {
        if (isOver(step.tip())) {
            return;
        }
        long begun = System.nanoTime();
        List<SignedTransaction> all = new ArrayList<>();
        all.add(step.evidence());
        all.addAll(
                pool.next(
                        step.tip().state(),
                        working.transactionCountMax() - 1,
                        Body.TRANSACTIONS_SIZE_BYTES_MAX - Body.EVIDENCE_SIZE_BYTES_MAX));
        Ledger.Made made =
                step.tip()
                        .make(
                                all,
                                clock.instant(),
                                step.evidence().transaction().account(),
                                verifying);
        for (int index = 0; index < all.size(); index++) {
            if (made.results().get(index) instanceof Ledger.Result.LeftOut(Verdict.Rejected why)) {
                pool.refuse(all.get(index).id(), why);
            }
        }
        meter.spent(Meter.Phase.EXECUTED, begun);
        listener.tell(new Event.Made(step.turn(), made));
    }

    private void executed(Step.Execute step) throws InterruptedException {
        if (isOver(step.tip())) {
            return;
        }
        Body body = step.body();
        if (step.isCertified()) {
            verifying.take(body.transactions());
        } else {
            verifying.ahead(body.transactions());
        }
        long begun = System.nanoTime();
        Parsed<Ledger.Made> result =
                step.tip()
                        .execute(
                                body.transactions(),
                                body.header().time(),
                                body.header().creator(),
                                verifying);
        meter.spent(Meter.Phase.EXECUTED, begun);
        listener.tell(new Event.Executed(body.digest(), result));
    }

    private boolean isOver(Ledger tip) {
        return tip.height() < height.getAsLong();
    }

    void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
