package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.RememberingVerifier;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.LocalNode;
import org.entente.chain.execution.Ledger;
import org.entente.chain.por.BlockJudge;
import org.entente.chain.por.Placed;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.por.Tree;
import org.entente.chain.por.worker.Keeper;
import org.entente.chain.store.ForkedStore;
import org.entente.light.Rsa;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Creation;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.runtime.Clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The directories of a network whose first three nodes made a chain of some length in turn, with
/// real keys and the work that they owed, which is next to none.
final class Grown {
    static final int MAKERS = 3;
    private static final Parameters EASY =
            new Parameters(21_000, 10_900, Parameters.Nearest.ONE_STEP_BELOW_MAX);
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();

    final LocalNetwork<Member> files;
    final Genesis genesis;
    private final Settings settings;
    private final StrongContracts governance;
    private final BlockJudge judge;
    private final int snapshotBlocks;
    private final List<NodeKeys> keys = new ArrayList<>();
    private Placed tip;
    private long nonce;

    /// @param snapshotBlocks between two states that are written
    Grown(Path directory, int count, int snapshotBlocks) throws Exception {
        this.snapshotBlocks = snapshotBlocks;
        files =
                LocalNetwork.founded(
                        directory,
                        new Design(
                                count,
                                EASY,
                                Settings.Slack.STAYS,
                                _ -> "127.0.0.1",
                                List.of(
                                        "miner.patience = 100ms",
                                        "miner.idle = 1s",
                                        "miner.stall = 1s",
                                        "events.heartbeat = 1s",
                                        "snapshot.blocks = " + snapshotBlocks),
                                Main.class.getName(),
                                _ -> List.of()));
        genesis = files.genesis();
        settings = Founding.settings(genesis);
        Verifier verifier = new RememberingVerifier(CRYPTOGRAPHY.verifier(), 1 << 16);
        Rsa rsa = Rsa.of(CRYPTOGRAPHY);
        governance = new StrongContracts(genesis.chain(), settings, rsa);
        judge =
                new BlockJudge(
                        settings, new HeaderJudge(genesis.chain(), rsa, Work.HASHED), verifier);
        for (LocalNode<Member> node : files.nodes()) {
            keys.add(NodeKeys.read(node.directory()));
        }
        tip = Placed.begun(genesis, settings, governance);
    }

    /// Makes a chain of so many blocks the first nodes' own.
    ///
    /// @param transactions of each block; each writes a key of its own
    void grow(int blocks, int transactions) throws Exception {
        Path directory = files.nodes().getFirst().directory();
        new PorNode(PorConfiguration.read(files.nodes().getFirst().configuration()), Clock.system())
                .begin(genesis);
        try (ForkedStore store = ForkedStore.open(directory, governance)) {
            store.replay(_ -> {});
            Keeper keeper = new Keeper(store, settings, judge.verifier(), snapshotBlocks);
            Tree tree = new Tree(tip);
            for (int count = 0; count < blocks; count++) {
                tip = next(count % MAKERS, transactions);
                store.keep(tip.stored());
                Tree.Change change = tree.add(tip);
                store.settle(
                        change.settled().stream()
                                .map(each -> each.ledger().head().header())
                                .toList());
                keeper.snapshot(change.settled());
            }
        }
        for (LocalNode<Member> other : files.nodes().subList(1, MAKERS)) {
            copy(directory, other.directory());
        }
    }

    private Placed next(int node, int count) {
        Signer account = keys.get(node).transactions(CRYPTOGRAPHY);
        List<SignedTransaction> transactions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Action put =
                    new Action.Put(
                            Bytes.utf8("grown/" + nonce),
                            Optional.empty(),
                            Bytes.utf8("value " + nonce));
            Signer owner = files.owner();
            transactions.add(
                    SignedTransaction.by(
                            owner, new Transaction(genesis.chain(), owner.key(), nonce++, put)));
        }
        long time = tip.link().time();
        Ledger.Made made =
                tip.ledger()
                        .make(
                                transactions,
                                Instant.ofEpochSecond(time),
                                account.key(),
                                judge.verifier());
        var rules = tip.link().rules();
        Creation creation =
                new Creation(
                        account.key(),
                        tip.height() + 1,
                        made.transactions().size() + 1,
                        0,
                        rules.digest(),
                        made.header().digest());
        Digest root = PorBlock.root(creation, made.transactions());
        BlockHeader header = new BlockHeader(BlockHeader.VERSION, root, tip.hash(), time, 0);
        List<Integer> distances = tip.link().window().distances(account.key(), rules.count());
        while (!Work.HASHED.isDone(header, rules.difficulty(), distances)) {
            header = header.with(header.nonce() + 1);
        }
        Bytes words = Certificate.signed(genesis.chain(), creation.height(), header.hash());
        Bytes signature = keys.get(node).blocks(CRYPTOGRAPHY).sign(words);
        return judge.judge(new PorBlock(header, creation, made.transactions(), signature), tip)
                .orThrow();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.filter(Grown::isOfChain).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /// Leaves a node with its keys.
    void clear(int node) throws IOException {
        try (Stream<Path> all = Files.list(files.nodes().get(node).directory())) {
            for (Path file : all.filter(Grown::isOfChain).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isOfChain(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(".p12")
                && !List.of("password", "node.pem", "member", "lock").contains(name);
    }
}
