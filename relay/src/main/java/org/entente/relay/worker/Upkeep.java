package org.entente.relay.worker;

import org.entente.protocol.AllianceId;
import org.entente.relay.Books;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What is done every now and then beside the desks: payloads that nobody needs any more go, and
/// the view is told of entries that no change of the registry caused.
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int SWEEP_STEPS = 60;

    private final Desks desks;
    private final Supplier<Books> books;
    private final Consumer<Books> whenGrown;
    private final Thread thread;

    public Upkeep(Desks desks, Supplier<Books> books, Consumer<Books> whenGrown) {
        this.desks = desks;
        this.books = books;
        this.whenGrown = whenGrown;
        this.thread = Thread.ofVirtual().name("upkeep").start(this::work);
    }

    private void work() {
        SortedMap<AllianceId, Long> told = books.get().sizes();
        try {
            for (long step = 1; ; step++) {
                Thread.sleep(STEP);
                Books now = now();
                if (!now.sizes().equals(told)) {
                    told = now.sizes();
                    whenGrown.accept(now);
                }
                if (step % SWEEP_STEPS == 0) {
                    sweep();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            desks.surroundings().payloads().sweep();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("payloads that nobody needs cannot be deleted");
        }
    }

    /// The registry's books with the alliances' logs as far as they are forced.
    private Books now() {
        Books merged = books.get();
        for (var desk : desks.all().entrySet()) {
            Optional<DeskWorker.Forced> forced = desk.getValue().forced();
            if (forced.isPresent()) {
                merged =
                        merged.withAlliance(
                                desk.getKey(), forced.get().alliance(), forced.get().size());
            }
        }
        return merged;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
