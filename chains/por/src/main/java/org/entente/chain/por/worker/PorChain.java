package org.entente.chain.por.worker;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Mempool;
import org.entente.chain.pool.Ticket;
import org.entente.chain.por.Event;
import org.entente.chain.por.Message;
import org.entente.chain.por.Placed;
import org.entente.chain.por.Step;
import org.entente.chain.por.Template;
import org.entente.chain.por.Tree;
import org.entente.chain.por.Watch;
import org.entente.chain.por.Words;
import org.entente.chain.por.mining.Miner;
import org.entente.chain.por.mining.Outcome;
import org.entente.chain.por.mining.Target;
import org.entente.chain.por.mining.Work;
import org.entente.chain.store.ForkedStore;
import org.entente.chain.worker.Hand;
import org.entente.chain.worker.Remembered;
import org.entente.chain.worker.Served;
import org.entente.chain.worker.Waits;
import org.entente.light.NodeKey;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A node of the chain: one thread is told what happens and does what the watch says about it; what
/// it announced any thread may read.
public final class PorChain implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(PorChain.class);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration COMPARED_EVERY = Duration.ofSeconds(30);
    private static final Duration TIDIED_EVERY = Duration.ofSeconds(1);
    private static final int EVENT_COUNT_MAX = 4_096;

    private final ForkedStore store;
    private final Watch watch;
    private final Keeper keeper;
    private final Signer account;
    private final Hand hand;
    private final InstantSource clock;
    private final Mempool pool;
    private final Remembered remembered;
    private final Miner miner;
    private final Outward outward;
    private final Consumer<Throwable> whenFailed;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(EVENT_COUNT_MAX);

    /// Peers that are being served blocks.
    private final Set<NodeKey> serving = ConcurrentHashMap.newKeySet();

    private final AtomicLong reorganised = new AtomicLong();
    private final Moves moves = new Moves();
    private final Archive archive;
    private final Thread thread;
    private Optional<Template> searched = Optional.empty();

    /// Guards what is below, and tells of it.
    private final Object announced = new Object();

    private View view;
    private boolean closed;

    /// Why nothing more can be kept.
    private Optional<String> readOnly = Optional.empty();

    /// What a chain is made of.
    ///
    /// @param account of the member whose node it is
    public record Parts(
            ForkedStore store,
            Watch watch,
            Keeper keeper,
            Signer account,
            InstantSource clock,
            Mempool pool,
            Remembered remembered,
            Miner miner,
            Outward outward) {}

    public PorChain(Parts parts, Consumer<Throwable> whenFailed) {
        this.store = parts.store();
        this.archive = new Archive(store, this::view);
        this.watch = parts.watch();
        this.keeper = parts.keeper();
        this.account = parts.account();
        this.hand = new Hand(this, account);
        this.clock = parts.clock();
        this.pool = parts.pool();
        this.remembered = parts.remembered();
        this.miner = parts.miner();
        this.outward = parts.outward();
        this.whenFailed = whenFailed;
        this.view = View.of(watch.tree(), watch.isSplit());
        this.thread = Thread.ofPlatform().name("por-chain").unstarted(this::run);
    }

    public void start() {
        outward.members(rules());
        thread.start();
    }

    /// Tells the node of something; waits while too much is to be done. Once it has ended, or keeps
    /// nothing any longer, nobody hears.
    public void tell(Event event) throws InterruptedException {
        boolean taken = false;
        while (!taken && !isClosed() && readOnly().isEmpty()) {
            taken = events.offer(event, TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    public View view() {
        synchronized (announced) {
            return view;
        }
    }

    /// By which the next block is judged.
    public Rules rules() {
        return view().head().link().rules();
    }

    /// How many blocks were left for a longer branch, since the start.
    public long reorganised() {
        return reorganised.get();
    }

    /// Whether its blocks are taken: it is a member with this account.
    public boolean isMember() {
        return rules().member(account.key()).isPresent();
    }

    /// Why this node only shows what it has: its disk took no more.
    public Optional<String> readOnly() {
        synchronized (announced) {
            return readOnly;
        }
    }

    /// What this node sends in its own name.
    public Hand hand() {
        return hand;
    }

    /// By whose blocks the others know this node's.
    public VerifyingKey account() {
        return account.key();
    }

    public Moves moves() {
        return moves;
    }

    public Mempool pool() {
        return pool;
    }

    public long hashes() {
        return miner.hashes();
    }

    @Override
    public Ledger last() {
        return view().last().ledger();
    }

    @Override
    public Ledger head() {
        return view().head().ledger();
    }

    @Override
    public int waiting() {
        return pool.count();
    }

    @Override
    public Optional<Block> block(long height) throws IOException {
        return height > view().last().height() ? Optional.empty() : store.block(height);
    }

    @Override
    public Optional<CertifiedHeader> header(long height) throws IOException {
        return height > view().last().height() ? Optional.empty() : store.header(height);
    }

    @Override
    public long first() {
        return archive.first();
    }

    public Archive archive() {
        return archive;
    }

    @Override
    public Optional<Inclusion> find(Digest id) {
        return remembered.find(id);
    }

    @Override
    public Optional<Long> pending(Digest id) {
        return Optional.ofNullable(view().pending().get(id));
    }

    @Override
    public Parsed<Ticket> submit(SignedTransaction signed) {
        return take(signed, Optional.empty());
    }

    /// Takes a transaction, and offers it to the peers if it is new here.
    public Parsed<Ticket> take(SignedTransaction signed, Optional<NodeKey> from) {
        Verdict verdict = keeper.admissible(signed, head());
        Parsed<Mempool.Added> added =
                verdict instanceof Verdict.Rejected why
                        ? new Parsed.Refused<>(why)
                        : pool.add(signed, last().state());
        return added.map(it -> {
            if (it.isNew()) {
                outward.tell(new Message.Offer(List.of(it.ticket().id())), from);
            }
            return it.ticket();
        });
    }

    @Override
    public boolean awaitHeight(long height, Duration timeMax) throws InterruptedException {
        Waits.until(announced, timeMax, () -> last().height() >= height || isClosed());
        return last().height() >= height;
    }

    @Override
    public void awaitOther(Header known, Duration timeMax) throws InterruptedException {
        Waits.until(announced, timeMax, () -> !head().head().header().equals(known) || isClosed());
    }

    @Override
    public boolean isClosed() {
        synchronized (announced) {
            return closed;
        }
    }

    private void run() {
        try {
            long ticked = System.nanoTime();
            long compared = ticked;
            long tidied = ticked;
            while (!isClosed()) {
                Event event = events.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    handle(event);
                }
                if (System.nanoTime() - ticked >= TICK.toNanos()) {
                    ticked = System.nanoTime();
                    handle(new Event.Tick());
                }
                if (ticked - tidied >= TIDIED_EVERY.toNanos()) {
                    tidied = ticked;
                    pool.tidy(head().state());
                }
                if (ticked - compared >= COMPARED_EVERY.toNanos()) {
                    compared = ticked;
                    outward.compare();
                }
            }
        } catch (IOException e) {
            onlyShow(e);
        } catch (RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            miner.rest();
        }
    }

    /// What could not be kept was told to nobody. All that was kept is there, and is shown on until
    /// a person has made room and starts the node again.
    private void onlyShow(IOException why) {
        LOG.atError()
                .setCause(why)
                .log("READ ONLY: the disk takes no more blocks; this node only shows what it has");
        synchronized (announced) {
            readOnly = Optional.of(String.valueOf(why.getMessage()));
        }
        pool.close();
    }

    private void handle(Event event) throws IOException {
        Instant now = clock.instant();
        List<Tree.Change> changes = new ArrayList<>();
        for (Step step : watch.on(event, now)) {
            perform(step);
            if (step instanceof Step.Moved(Tree.Change change)) {
                changes.add(change);
            }
        }
        if (!changes.isEmpty()) {
            announce(changes);
        }
        Optional<Template> next = watch.work(searched, pool::next, now);
        if (!next.equals(searched)) {
            searched = next;
            if (next.isPresent()) {
                search(next.get());
            } else {
                miner.rest();
            }
        }
    }

    private void search(Template template) {
        Bytes prefix = template.header().bytes().slice(0, BlockHeader.SIZE_BYTES - Integer.BYTES);
        miner.mine(
                new Work(prefix, new Target(template.target())),
                outcome -> ended(template, outcome));
    }

    /// From the searching thread.
    private void ended(Template template, Outcome outcome) {
        try {
            tell(
                    switch (outcome) {
                        case Outcome.Found(long nonce) -> new Event.Found(template, nonce);
                        case Outcome.Exhausted() -> new Event.Exhausted(template);
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Step step) throws IOException {
        switch (step) {
            case Step.Keep(Placed placed) -> store.keep(placed.stored());
            case Step.Say(NodeKey peer, Message message) -> outward.say(peer, message);
            case Step.Tell(Message message, Optional<NodeKey> except) ->
                    outward.tell(message, except);
            case Step.Serve(NodeKey peer, long from) -> serve(peer, from);
            case Step.Blame(NodeKey peer, int points, String why) ->
                    outward.blame(peer, points, why);
            case Step.Moved(Tree.Change change) -> settle(change.settled());
            case Step.Expose(Certificate one, Certificate other) -> expose(one, other);
            case Step.Alarm(String words) -> LOG.error(words);
        }
    }

    private void settle(List<Placed> settled) throws IOException {
        store.settle(settled.stream().map(each -> each.ledger().head().header()).toList());
        for (Placed each : settled) {
            remembered.add(each.stored());
        }
    }

    /// When all blocks that came together are kept: the tree knew them at once, and nobody may be
    /// shown what the store has not yet.
    private void announce(List<Tree.Change> changes) throws IOException {
        Rules before = rules();
        View next = View.of(watch.tree(), watch.isSplit());
        synchronized (announced) {
            view = next;
            announced.notifyAll();
        }
        for (Tree.Change change : changes) {
            moves.add(change);
            for (Placed each : change.settled()) {
                pool.settled(each.ledger(), each.receipts());
            }
            if (!change.left().isEmpty()) {
                reorganised.addAndGet(change.left().size());
                LOG.atInfo()
                        .addKeyValue("left", change.left().size())
                        .addKeyValue("height", next.head().height())
                        .log("another branch is longer");
            }
        }
        if (!rules().equals(before)) {
            outward.members(rules());
        }
        for (Tree.Change change : changes) {
            keeper.snapshot(change.settled());
        }
    }

    /// Off the deciding thread, one answer to a peer at a time: who asks again meanwhile is not
    /// served.
    private void serve(NodeKey peer, long from) {
        if (!serving.add(peer)) {
            return;
        }
        Thread.ofVirtual()
                .name("por-serve")
                .start(() -> {
                    try {
                        outward.say(peer, new Message.Blocks(archive.batch(from)));
                    } catch (IOException | RuntimeException e) {
                        LOG.atError().setCause(e).log("kept blocks cannot be read");
                    } finally {
                        serving.remove(peer);
                    }
                });
    }

    private void expose(Certificate one, Certificate other) {
        LOG.atWarn()
                .addKeyValue("member", one.creation().creator())
                .addKeyValue("height", one.creation().height())
                .log("EQUIVOCATION: two blocks by one member upon one");
        Bytes words = Words.FORMAT.encode(new Words.Evidence(one, other));
        if (hand.send(new Action.Govern(words))
                instanceof Parsed.Refused<Ticket>(Verdict.Rejected why)) {
            LOG.info("the evidence is not taken: " + why);
        }
    }

    /// Ends after what is being done; what waits is told to be sent again.
    public void close() throws InterruptedException {
        synchronized (announced) {
            closed = true;
            announced.notifyAll();
        }
        moves.close();
        pool.close();
        thread.join();
        miner.close();
    }
}
