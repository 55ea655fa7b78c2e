package org.entente.chain.por.worker;

import org.entente.certs.Verifier;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.por.Kept;
import org.entente.chain.por.Placed;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Tree;
import org.entente.chain.por.Watch;
import org.entente.chain.store.ForkedStore;
import org.entente.chain.worker.Remembered;
import org.entente.light.por.Certificate;
import org.entente.light.por.Link;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.light.por.Window;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is on disk and what a node knows, brought together: at its start and as blocks become
/// final. For one thread.
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final ForkedStore store;
    private final Settings settings;
    private final Verifier verifier;
    private final int snapshotBlocks;

    /// Final blocks whose states will be written.
    private final Deque<Placed> due = new ArrayDeque<>();

    /// @param verifier of transactions
    /// @param snapshotBlocks how many blocks lie between two snapshots of the state
    public Keeper(ForkedStore store, Settings settings, Verifier verifier, int snapshotBlocks) {
        this.store = store;
        this.settings = settings;
        this.verifier = verifier;
        this.snapshotBlocks = snapshotBlocks;
    }

    /// The block to begin with, as the tree has it.
    public Placed first() throws IOException {
        Ledger ledger = store.start();
        if (ledger.height() == 0) {
            return Placed.begun(ledger.genesis(), settings, ledger.governance());
        }
        List<VerifyingKey> newestFirst = new ArrayList<>();
        for (long height = ledger.height();
                height > 0 && newestFirst.size() < Window.COUNT_MAX;
                height--) {
            newestFirst.add(store.header(height).orElseThrow().header().creator());
        }
        for (VerifyingKey each : settings.before()) {
            if (newestFirst.size() < Window.COUNT_MAX) {
                newestFirst.add(each);
            }
        }
        Rules rules = Kept.rules(ledger.state());
        Certificate certificate = Certificate.FORMAT.decode(ledger.head().certificate()).orThrow();
        Link link =
                new Link(
                        ledger.height(),
                        certificate.hash(),
                        ledger.head().header().digest(),
                        ledger.head().header().time().getEpochSecond(),
                        new Window(newestFirst),
                        rules);
        return new Placed(link, ledger, Digest.ZERO, rules, List.of(), Optional.empty());
    }

    /// Makes the watch know what this node knew before it was ended.
    public Watch replayed(Function<Placed, Watch> begin, Remembered remembered, Instant now)
            throws IOException {
        Watch watch = begin.apply(first());
        int[] count = {0};
        store.replay(block -> {
            Tree.Change change = watch.remember(PorBlock.of(block), now);
            settled(change, remembered);
            count[0]++;
        });
        LOG.atInfo()
                .addKeyValue("height", watch.tree().best().height())
                .addKeyValue("final", watch.tree().last().height())
                .addKeyValue("replayed", count[0])
                .log("opened");
        return watch;
    }

    private void settled(Tree.Change change, Remembered remembered) throws IOException {
        store.settle(change.settled().stream().map(each -> each.ledger().head().header()).toList());
        for (Placed each : change.settled()) {
            remembered.add(each.stored());
            noted(each);
        }
    }

    /// Any thread may ask.
    Verdict admissible(SignedTransaction signed, Ledger head) {
        return head.execution(verifier).admissible(signed, head.state());
    }

    private void noted(Placed settled) {
        if (settled.height() % snapshotBlocks == 0) {
            due.add(settled.bare());
        }
    }

    /// Now and then the state of a final block is written, so that a start is short; not before as
    /// many stand upon it as a node remembers to judge other branches by: a start reads them again.
    public void snapshot(List<Placed> settled) throws IOException {
        settled.forEach(this::noted);
        long last = settled.isEmpty() ? 0 : settled.getLast().height();
        while (!due.isEmpty() && due.getFirst().height() + Watch.PAST_COUNT_MAX <= last) {
            Placed next = due.removeFirst();
            store.snapshot(next.ledger());
            LOG.atInfo().addKeyValue("height", next.height()).log("snapshot");
        }
    }
}
