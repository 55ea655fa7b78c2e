package org.entente.chain.industrial.worker;

import org.entente.certs.Signer;
import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Event;
import org.entente.chain.industrial.Kept;
import org.entente.chain.industrial.Message;
import org.entente.chain.industrial.Pledge;
import org.entente.chain.industrial.Replica;
import org.entente.chain.industrial.Step;
import org.entente.chain.industrial.store.TrailLog;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Mempool;
import org.entente.chain.pool.Ticket;
import org.entente.chain.store.ChainStore;
import org.entente.chain.worker.Hand;
import org.entente.chain.worker.Remembered;
import org.entente.chain.worker.Served;
import org.entente.chain.worker.Waits;
import org.entente.light.industrial.Ballot;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A node of the chain: one thread is told what happens and does what the replica says about it;
/// what it announced any thread may read.
public final class IndustrialChain implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(IndustrialChain.class);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration TIDIED_EVERY = Duration.ofSeconds(1);
    private static final int EVENT_COUNT_MAX = 4_096;
    private static final int SERVED_SIZE_BYTES_MAX = 6 << 20;

    private final Parts parts;
    private final Replica replica;
    private final Hand hand;
    private final Executor executor;
    private final Consumer<Throwable> whenFailed;
    private final Thread thread;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(EVENT_COUNT_MAX);

    /// Peers that are being served blocks.
    private final Set<VerifyingKey> serving = ConcurrentHashMap.newKeySet();

    /// What follows is the deciding thread's own: what the replica was told of what waits, since
    /// when something does, and when this height's block was proposed and prepared.
    private boolean toldWaiting;

    private Optional<Long> waitingSince = Optional.empty();
    private Optional<Long> proposedAt = Optional.empty();
    private Optional<Long> preparedAt = Optional.empty();
    private Optional<Digest> firstWaiting = Optional.empty();

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
            ChainStore store,
            TrailLog trail,
            Pledges pledges,
            Signer account,
            InstantSource clock,
            Mempool pool,
            Remembered remembered,
            Verifying verifying,
            Meter meter,
            Working working,
            Talk talk) {}

    public IndustrialChain(Parts parts, Replica replica, Consumer<Throwable> whenFailed) {
        this.parts = parts;
        this.replica = replica;
        this.whenFailed = whenFailed;
        this.hand = new Hand(this, parts.account());
        this.view = new View(replica.tip(), replica.roster(), replica.view());
        this.executor =
                new Executor(
                        parts.pool(),
                        parts.working(),
                        parts.verifying(),
                        parts.meter(),
                        parts.clock(),
                        () -> head().height(),
                        this::tell,
                        whenFailed);
        this.thread = Thread.ofPlatform().name("industrial-chain").unstarted(this::run);
    }

    public void start() {
        executor.start();
        thread.start();
    }

    /// Tells the node of something; waits while too much is to be done. Once it has ended, or keeps
    /// nothing any longer, nobody hears.
    void tell(Event event) throws InterruptedException {
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

    public VerifyingKey account() {
        return parts.account().key();
    }

    public Meter meter() {
        return parts.meter();
    }

    @Override
    public Ledger last() {
        return view().tip();
    }

    @Override
    public Ledger head() {
        return view().tip();
    }

    @Override
    public int waiting() {
        return parts.pool().count();
    }

    @Override
    public Optional<Block> block(long height) throws IOException {
        return height > head().height() ? Optional.empty() : parts.store().block(height);
    }

    @Override
    public Optional<Inclusion> find(Digest id) {
        return parts.remembered().find(id);
    }

    @Override
    public Optional<Long> pending(Digest id) {
        return Optional.empty();
    }

    @Override
    public Parsed<Ticket> submit(SignedTransaction signed) {
        return take(signed)
                .map(added -> {
                    if (added.isNew()) {
                        parts.talk().offer(signed);
                    }
                    return added.ticket();
                });
    }

    /// Takes a transaction, whoever sent it.
    Parsed<Mempool.Added> take(SignedTransaction signed) {
        Ledger head = head();
        if (head.execution(parts.verifying()).admissible(signed, head.state())
                instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        Parsed<Mempool.Added> added = parts.pool().add(signed, head.state());
        if (events.isEmpty()) {
            boolean _ = events.offer(new Event.Tick());
        }
        return added;
    }

    void ahead(List<SignedTransaction> transactions) {
        parts.verifying().ahead(transactions);
    }

    /// Those that could stand in the next block.
    List<SignedTransaction> next(int countMax, int sizeBytesMax) {
        return parts.pool().next(head().state(), countMax, sizeBytesMax);
    }

    @Override
    public boolean awaitHeight(long height, Duration timeMax) throws InterruptedException {
        Waits.until(announced, timeMax, () -> head().height() >= height || isClosed());
        return head().height() >= height;
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
            long tidied = ticked;
            while (!isClosed()) {
                Event event = events.poll(patienceMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    handle(event);
                }
                long now = System.nanoTime();
                if (now - ticked >= TICK.toNanos()) {
                    ticked = now;
                    handle(new Event.Tick());
                }
                if (now - tidied >= TIDIED_EVERY.toNanos()) {
                    tidied = now;
                    parts.pool().tidy(head().state());
                    giveAgain();
                }
                lookWhetherAnyWaits();
            }
        } catch (IOException e) {
            onlyShow(e);
        } catch (RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long patienceMillis() {
        if (toldWaiting || waitingSince.isEmpty()) {
            return TICK.toMillis();
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - waitingSince.get());
        long left = parts.working().gathering().minus(waited).toMillis();
        return Math.clamp(left, 1, TICK.toMillis());
    }

    /// A block is asked for once enough waits, or the first of it has waited for more to join.
    private void lookWhetherAnyWaits() throws IOException {
        int count = parts.pool().count();
        boolean any = count > 0 && !next(1, Body.TRANSACTIONS_SIZE_BYTES_MAX).isEmpty();
        long now = System.nanoTime();
        waitingSince = any ? Optional.of(waitingSince.orElse(now)) : Optional.empty();
        boolean isTime =
                any
                        && (count >= parts.working().transactionCountMax() - 1
                                || now - waitingSince.get()
                                        >= parts.working().gathering().toNanos());
        if (isTime != toldWaiting) {
            toldWaiting = isTime;
            handle(new Event.Waits(isTime));
        }
    }

    /// What those who propose have lost, or never had, is given them once more.
    private void giveAgain() {
        Optional<Digest> first =
                next(1, Body.TRANSACTIONS_SIZE_BYTES_MAX).stream()
                        .findFirst()
                        .map(SignedTransaction::id);
        if (first.isPresent() && first.equals(firstWaiting)) {
            next(Message.Give.COUNT_MAX, Body.TRANSACTIONS_SIZE_BYTES_MAX)
                    .forEach(parts.talk()::offer);
        }
        firstWaiting = first;
    }

    /// What could not be kept was told to nobody. All that was kept is there, and is shown on until
    /// a person has made room and starts the node again.
    private void onlyShow(IOException why) {
        LOG.atError()
                .setCause(why)
                .log("READ ONLY: the disk takes no more; this node only shows what it has");
        synchronized (announced) {
            readOnly = Optional.of(String.valueOf(why.getMessage()));
        }
        parts.pool().close();
    }

    private void handle(Event event) throws IOException {
        if (event instanceof Event.Heard(VerifyingKey _, Message.Propose _)) {
            proposed();
        }
        long height = replica.tip().height();
        int number = replica.view();
        List<Step> steps = replica.on(event, parts.clock().instant());
        for (Step step : steps) {
            perform(step);
        }
        if (replica.tip().height() == height && replica.view() > number) {
            parts.meter().viewsChanged(replica.view() - number);
            LOG.atInfo()
                    .addKeyValue("height", height + 1)
                    .addKeyValue("view", replica.view())
                    .log("view change");
            proposedAt = Optional.empty();
            preparedAt = Optional.empty();
        }
        if (replica.view() != view().number()) {
            announce();
        }
    }

    private void proposed() {
        proposedAt = Optional.of(proposedAt.orElse(System.nanoTime()));
    }

    private void perform(Step step) throws IOException {
        switch (step) {
            case Step.Promise(Pledge pledge) -> {
                long begun = System.nanoTime();
                parts.pledges().keep(pledge);
                parts.meter().spent(Meter.Phase.PLEDGED, begun);
            }
            case Step.Tell(var peers, Message message) -> {
                note(message);
                parts.talk().tell(peers, message);
            }
            case Step.Make make -> executor.make(make);
            case Step.Execute execute -> executor.execute(execute);
            case Step.Commit(Ledger _, Block block) -> commit(block);
            case Step.Serve(VerifyingKey peer, long from) -> serve(peer, from);
            case Step.Blame(VerifyingKey peer, String why) -> parts.talk().blame(peer, why);
            case Step.Alarm(String words) -> LOG.error(words);
        }
    }

    private void note(Message message) {
        if (message instanceof Message.Propose) {
            proposed();
        }
        boolean isPrepared =
                message instanceof Message.Vote(Ballot ballot, var _)
                        && ballot.phase() == Ballot.Phase.COMMIT
                        && preparedAt.isEmpty();
        if (isPrepared && proposedAt.isPresent()) {
            preparedAt = Optional.of(System.nanoTime());
            parts.meter().spent(Meter.Phase.PREPARED, proposedAt.get());
        }
    }

    private void commit(Block block) throws IOException {
        preparedAt.ifPresent(at -> parts.meter().spent(Meter.Phase.COMMITTED, at));
        proposedAt = Optional.empty();
        preparedAt = Optional.empty();
        Ledger after = replica.tip();
        long begun = System.nanoTime();
        parts.trail().settle(after);
        parts.store().append(block, after);
        parts.meter().spent(Meter.Phase.STORED, begun);
        long epoch = view().roster().sealers().epoch();
        parts.remembered().add(block);
        announce();
        parts.pool().settled(after, block.receipts());
        // The replica takes it that nothing waits behind a block.
        toldWaiting = false;
        if (replica.roster().sealers().epoch() != epoch) {
            newEpoch();
        }
        if (after.height() % parts.working().snapshotBlocks() == 0) {
            parts.store().snapshot();
            LOG.atInfo().addKeyValue("height", after.height()).log("snapshot");
        }
    }

    /// Whoever seals now may not have what was given to those before.
    private void newEpoch() {
        LOG.atInfo()
                .addKeyValue("epoch", replica.roster().sealers().epoch())
                .addKeyValue("seals", replica.roster().sealers().has(account()))
                .log("sealers were drawn");
        next(Message.Give.COUNT_MAX, Body.TRANSACTIONS_SIZE_BYTES_MAX).forEach(parts.talk()::offer);
    }

    private void announce() {
        synchronized (announced) {
            view = new View(replica.tip(), replica.roster(), replica.view());
            announced.notifyAll();
        }
    }

    /// Off the deciding thread, one answer to a peer at a time: who asks again meanwhile is not
    /// served.
    private void serve(VerifyingKey peer, long from) {
        if (!serving.add(peer)) {
            return;
        }
        Thread.ofVirtual()
                .name("industrial-serve")
                .start(() -> {
                    try {
                        parts.talk().say(peer, new Message.Blocks(batch(from)));
                    } catch (IOException | RuntimeException e) {
                        LOG.atError().setCause(e).log("kept blocks cannot be read");
                    } finally {
                        serving.remove(peer);
                    }
                });
    }

    private List<Block> batch(long from) throws IOException {
        List<Block> batch = new ArrayList<>();
        long size = 0;
        for (long height = from; batch.size() < Message.BLOCK_COUNT_MAX; height++) {
            Optional<Block> block = block(height);
            if (block.isEmpty()) {
                break;
            }
            size += Block.FORMAT.encode(block.get()).size();
            if (size > SERVED_SIZE_BYTES_MAX && !batch.isEmpty()) {
                break;
            }
            batch.add(block.get());
        }
        return batch;
    }

    /// Whether a key is that of a member.
    boolean isMember(VerifyingKey key) {
        return Kept.table(head().state()).has(key);
    }

    /// Ends after what is being done; what waits is told to be sent again.
    public void close() throws InterruptedException {
        synchronized (announced) {
            closed = true;
            announced.notifyAll();
        }
        parts.pool().close();
        thread.join();
        executor.close();
    }
}
