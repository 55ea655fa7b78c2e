package org.entente.chain.industrial.worker;

import org.entente.chain.Block;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.chain.industrial.store.AlertFile;
import org.entente.chain.worker.Served;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads final blocks one after the other, and keeps what there is to hear of: on from where it was
/// when it last wrote that down. A thread of its own: blocks do not wait for it.
public final class AlertKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(AlertKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// How many blocks are read again at most after a process was killed.
    static final long KEPT_EVERY_BLOCKS = 1_024;

    private final Served chain;
    private final AlertFile file;
    private final Lookout lookout;
    private final AlertBook book;
    private final Consumer<Throwable> whenFailed;
    private final Thread thread;
    private long kept;

    /// @param chain that has all its blocks
    public AlertKeeper(Served chain, AlertFile file, Consumer<Throwable> whenFailed)
            throws IOException {
        this.chain = chain;
        this.file = file;
        Optional<AlertFile.Heard> found = file.read();
        Optional<AlertFile.Heard> heard =
                found.isPresent() && isOf(chain, found.get().lookout()) ? found : Optional.empty();
        this.lookout =
                heard.map(AlertFile.Heard::lookout).orElseGet(() -> new Lookout(file.genesis()));
        this.book =
                heard.map(it -> new AlertBook(it.lookout().height(), it.first(), it.alerts()))
                        .orElseGet(AlertBook::new);
        this.kept = lookout.height();
        this.whenFailed = whenFailed;
        this.thread = Thread.ofVirtual().name("alerts").start(this::run);
    }

    /// Of a chain that was put back to before it, it is no use.
    private static boolean isOf(Served chain, Lookout lookout) throws IOException {
        return chain.block(lookout.height())
                .filter(block -> block.header().digest().equals(lookout.last()))
                .isPresent();
    }

    public AlertBook book() {
        return book;
    }

    private void run() {
        try {
            while (!chain.isClosed()) {
                long next = lookout.height() + 1;
                if (chain.awaitHeight(next, LOOK)) {
                    Block block = chain.block(next).orElseThrow();
                    book.add(next, lookout.on(block));
                    if (next - kept >= KEPT_EVERY_BLOCKS) {
                        keep();
                    }
                }
            }
            keep();
        } catch (IOException | RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            book.close();
        }
    }

    /// What cannot be written down, as on a full disk, is read again at the next start.
    private void keep() {
        kept = lookout.height();
        AlertBook.All all = book.all();
        try {
            file.write(new AlertFile.Heard(lookout, all.first(), all.alerts()));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("height", kept)
                    .setCause(e)
                    .log("how far alerts are is not written down");
        }
    }

    /// Waits for its end; after the chain is closed.
    public void join() throws InterruptedException {
        thread.join();
    }
}
