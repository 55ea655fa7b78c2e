package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.chain.worker.Served;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// Reads final blocks from the first on, and keeps what there is to hear of. A thread of its own:
/// blocks do not wait for it.
public final class AlertKeeper {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Served chain;
    private final Lookout lookout;
    private final AlertBook book = new AlertBook();
    private final Consumer<Throwable> whenFailed;
    private final Thread thread;

    /// @param chain that has all its blocks
    public AlertKeeper(Served chain, Consumer<Throwable> whenFailed) {
        this.chain = chain;
        this.lookout = new Lookout(chain.last().genesis());
        this.whenFailed = whenFailed;
        this.thread = Thread.ofVirtual().name("alerts").start(this::run);
    }

    public AlertBook book() {
        return book;
    }

    private void run() {
        try {
            while (!chain.isClosed()) {
                long next = lookout.height() + 1;
                if (chain.awaitHeight(next, LOOK)) {
                    book.add(next, lookout.on(chain.block(next).orElseThrow()));
                }
            }
        } catch (IOException | RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            book.close();
        }
    }

    /// Waits for its end; after the chain is closed.
    public void join() throws InterruptedException {
        thread.join();
    }
}
