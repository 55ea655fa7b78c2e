package org.entente.launcher.app.demo;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// One submission handed in twice: the second gets a serial of its own, INVALID, since the first
/// changed what it read.
final class Copies {
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final PublicLog log;
    private final Tally tally;

    Copies(PublicLog log, Tally tally) {
        this.log = log;
        this.tally = tally;
    }

    void submittedTwice(Outcome outcome) throws Failure, IOException, InterruptedException {
        if (!(outcome.ending() instanceof Outcome.Settled settled)) {
            tally.surprise("there is nothing to hand in twice: " + outcome);
            return;
        }
        FullSequence full = log.submission(settled.serial());
        tally.exchange();
        log.submit(full);
        Optional<Entry> copy = awaited(full.sequence().digest(), settled.serial() + 1);
        boolean stale = copy.isPresent() && copy.get().fault() == Fault.STALE_READ.number();
        tally.expect(stale, "the same submission again was entered as " + copy);
        if (stale) {
            tally.rejected(Fault.STALE_READ.name());
        }
    }

    private Optional<Entry> awaited(Digest submission, long from)
            throws Failure, InterruptedException {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (System.nanoTime() < end) {
            for (Frame frame : log.from(from)) {
                Entry entry = Entry.FORMAT.decode(frame.entry()).orThrow();
                if (entry.submission().equals(submission)) {
                    return Optional.of(entry);
                }
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Optional.empty();
    }
}
