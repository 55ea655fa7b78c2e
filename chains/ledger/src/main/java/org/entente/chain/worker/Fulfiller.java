package org.entente.chain.worker;

import org.entente.chain.Action;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pact.Ripening;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Ticket;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Looks after each block, and each second, whether pacts are ripe, and fulfils those that are this
/// node's to fulfil (docs/ledger.md §11.5). A thread of its own: blocks do not wait for it.
public final class Fulfiller {
    private static final Logger LOG = LoggerFactory.getLogger(Fulfiller.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// A look may take a fifth of a processor's time.
    private static final int PAUSE_FACTOR = 4;

    private static final int AT_ONCE_MAX = 16;

    private final Served chain;
    private final Hand hand;
    private final VerifyingKey account;
    private final InstantSource clock;
    private final Ripening ripening;

    /// What was sent for a pact and has not ended.
    private final Map<Digest, Ticket> sent = new TreeMap<>();

    private final Consumer<Throwable> whenFailed;
    private final Thread thread;

    /// @param account whose blocks are this node's
    public Fulfiller(
            Served chain,
            Hand hand,
            VerifyingKey account,
            InstantSource clock,
            Consumer<Throwable> whenFailed) {
        this.chain = chain;
        this.hand = hand;
        this.account = account;
        this.clock = clock;
        this.whenFailed = whenFailed;
        this.ripening = new Ripening(account);
        this.thread = Thread.ofVirtual().name("fulfiller").start(this::run);
    }

    private void run() {
        try {
            while (!chain.isClosed()) {
                long before = System.nanoTime();
                Ledger head = chain.head();
                look(head);
                Thread.sleep(Duration.ofNanos((System.nanoTime() - before) * PAUSE_FACTOR));
                chain.awaitOther(head.head().header(), EVERY);
            }
        } catch (RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Ledger head) {
        forget();
        if (Account.find(head.state(), account).isEmpty()) {
            return;
        }
        for (Digest pact : ripening.due(head.head().header(), head.state(), clock.instant())) {
            if (sent.size() < AT_ONCE_MAX && !sent.containsKey(pact)) {
                fulfil(pact);
            }
        }
    }

    private void fulfil(Digest pact) {
        switch (hand.send(new Action.Fulfil(pact))) {
            case Parsed.Value<Ticket>(Ticket ticket) -> sent.put(pact, ticket);
            case Parsed.Refused<Ticket>(Verdict.Rejected why) ->
                    LOG.atInfo().addKeyValue("pact", pact).log("not fulfilled yet: " + why);
        }
    }

    private void forget() {
        sent.entrySet()
                .removeIf(each -> {
                    var end = each.getValue().ending();
                    end.ifPresent(
                            how -> LOG.atInfo().addKeyValue("pact", each.getKey()).log(said(how)));
                    return end.isPresent();
                });
    }

    private static String said(Parsed<Inclusion> end) {
        return switch (end) {
            case Parsed.Refused<Inclusion>(Verdict.Rejected why) -> "not fulfilled yet: " + why;
            case Parsed.Value<Inclusion>(Inclusion inclusion) ->
                    Fault.numbered(inclusion.receipt().fault())
                            .map(fault -> "not fulfilled: " + fault + ", " + inclusion.words())
                            .orElse("fulfilled");
        };
    }

    /// Waits for its end; after the chain is closed.
    public void join() throws InterruptedException {
        thread.join();
    }
}
