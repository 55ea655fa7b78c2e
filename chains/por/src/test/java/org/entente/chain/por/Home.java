package org.entente.chain.por;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Creation;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Member;
import org.entente.light.por.Settings;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A chain for tests: its rules, and blocks upon any of its blocks by whomever.
final class Home {
    /// Whatever hash a header has is enough.
    static final Work ANY = (_, _, _) -> true;

    static final ChainId CHAIN = new ChainId("por:home");
    static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");
    static final Signer CLIENT = Party.account(8);
    private static final Verifier VERIFIER = Party.CRYPTOGRAPHY.verifier();

    final Settings settings;
    final Genesis genesis;
    final BlockJudge judge;
    final Placed first;

    Home(int nodes) {
        this(Party.settings(nodes, Math.min(nodes, 3)), ANY);
    }

    Home(Settings settings, Work work) {
        this.settings = settings;
        TreeSet<VerifyingKey> creators = new TreeSet<>();
        settings.rules().members().forEach(each -> creators.add(each.account()));
        this.genesis =
                new Genesis(
                        CHAIN,
                        new Name("por"),
                        CLIENT.key(),
                        Sorted.copyOf(creators),
                        Sorted.copyOf(List.<VerifyingKey>of()),
                        BEGIN.plusMillis(-700),
                        Settings.FORMAT.encode(settings));
        this.judge =
                new BlockJudge(settings, new HeaderJudge(CHAIN, Played.VERIFIER, work), VERIFIER);
        this.first =
                Placed.begun(
                        genesis, settings, new StrongContracts(CHAIN, settings, Played.VERIFIER));
    }

    /// What a node makes of these upon a block, one second after it.
    PorBlock block(Placed parent, int node, SignedTransaction... transactions) {
        return block(parent, node, Party.node(node), parent.link().time() + 1, transactions);
    }

    PorBlock block(
            Placed parent, int node, Played signer, long time, SignedTransaction... transactions) {
        Ledger.Made made = made(parent, node, time, transactions);
        Creation creation =
                new Creation(
                        Party.account(node).key(),
                        parent.height() + 1,
                        made.transactions().size() + 1,
                        0,
                        parent.link().rules().digest(),
                        made.header().digest());
        BlockHeader header =
                new BlockHeader(
                        BlockHeader.VERSION,
                        PorBlock.root(creation, made.transactions()),
                        parent.hash(),
                        time,
                        0);
        var rules = parent.link().rules();
        List<Integer> distances =
                parent.link().window().distances(creation.creator(), rules.count());
        while (!judge.headers().work().isDone(header, rules.difficulty(), distances)) {
            header = header.with(header.nonce() + 1);
        }
        return signed(header, creation, made.transactions(), signer);
    }

    static PorBlock signed(
            BlockHeader header,
            Creation creation,
            List<SignedTransaction> transactions,
            Played signer) {
        Bytes words = Certificate.signed(CHAIN, creation.height(), header.hash());
        return new PorBlock(header, creation, transactions, signer.sign(words));
    }

    private static Ledger.Made made(
            Placed parent, int node, long time, SignedTransaction... transactions) {
        return parent.ledger()
                .make(
                        Arrays.asList(transactions),
                        Instant.ofEpochSecond(time),
                        Party.account(node).key(),
                        VERIFIER);
    }

    Placed add(Placed parent, int node, SignedTransaction... transactions) {
        return judge.judge(block(parent, node, transactions), parent).orThrow();
    }

    /// The blocks of these nodes, one upon the other.
    List<Placed> chain(Placed parent, int... nodes) {
        List<Placed> chain = new ArrayList<>();
        Placed tip = parent;
        for (int node : nodes) {
            tip = add(tip, node);
            chain.add(tip);
        }
        return chain;
    }

    /// With one transaction, and what became of it.
    Told tell(Placed parent, int node, Signer by, Words words) {
        SignedTransaction signed = words(parent, by, words);
        Ledger.Made made = made(parent, node, parent.link().time() + 1, signed);
        return new Told(add(parent, node, signed), made.receipts().getFirst(), signed);
    }

    record Told(Placed after, Receipt receipt, SignedTransaction signed) {
        boolean isDone() {
            return receipt.status() == Receipt.Status.DONE;
        }

        Fault fault() {
            return Fault.numbered(receipt.fault()).orElseThrow();
        }

        Words.Vote vote(boolean yes) {
            return new Words.Vote(signed.transaction().id(), yes);
        }
    }

    static SignedTransaction words(Placed parent, Signer by, Words words) {
        return action(parent, by, new Action.Govern(Words.FORMAT.encode(words)));
    }

    static SignedTransaction action(Placed parent, Signer by, Action action) {
        return action(parent, by, 0, action);
    }

    /// @param later how many of the account's come before it
    static SignedTransaction action(Placed parent, Signer by, int later, Action action) {
        long nonce = Account.find(parent.ledger().state(), by.key()).map(Account::nonce).orElse(0L);
        return SignedTransaction.by(by, new Transaction(CHAIN, by.key(), nonce + later, action));
    }

    static Action put(String key) {
        return new Action.Put(Bytes.utf8(key), Optional.empty(), Bytes.utf8("value of " + key));
    }

    static Words.Propose propose(Change change) {
        return new Words.Propose(change, Duration.ofMinutes(1));
    }

    static Bytes consent(int node, Played key) {
        return key.sign(Member.consent(CHAIN, Party.account(node).key(), key.key()));
    }

    /// Of a node of half a million hashes a second.
    static Habits habits(int rest) {
        return new Habits(
                200,
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                rest,
                500_000,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10));
    }

    /// The word of the key before.
    static Bytes consentBy(Played before, int node, Played next) {
        return before.sign(Member.consent(CHAIN, Party.account(node).key(), next.key()));
    }

    static Change.Add add(int node) {
        return new Change.Add(Party.member(node), consent(node, Party.node(node)));
    }

    static Fault fault(Parsed<?> parsed) {
        return parsed.verdict() instanceof Verdict.Rejected(Fault fault, var _)
                ? fault
                : Fault.INTERNAL;
    }
}
