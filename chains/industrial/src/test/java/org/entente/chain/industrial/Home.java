package org.entente.chain.industrial;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A chain of four whose blocks a test makes as it likes.
public final class Home {
    static final ChainId CHAIN = new ChainId("icb:home");
    public static final Settings SETTINGS =
            new Settings(4, 8, 3, Duration.ofSeconds(2), Rates.USUAL);
    static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");
    private static final List<Signer> MEMBERS = Keys.first(4);

    private Ledger tip;
    private Optional<CommitCertificate> certificate = Optional.empty();

    public Home() {
        Genesis genesis = genesis();
        Reckoning reckoning = Reckoning.of(genesis, Keys.CRYPTOGRAPHY.verifier()).orThrow();
        this.tip =
                Ledger.begun(
                        genesis,
                        reckoning,
                        new CertifiedHeader(Ledger.first(genesis, reckoning), Bytes.EMPTY));
    }

    static Genesis genesis() {
        return new Genesis(
                CHAIN,
                new Name("industrial"),
                MEMBERS.getFirst().key(),
                Sorted.copyOf(MEMBERS.stream().map(Signer::key).toList()),
                Sorted.copyOf(List.of(MEMBERS.getFirst().key())),
                BEGIN,
                Settings.FORMAT.encode(SETTINGS));
    }

    static Signer member(int number) {
        return MEMBERS.get(number);
    }

    public Ledger tip() {
        return tip;
    }

    Optional<CommitCertificate> certificate() {
        return certificate;
    }

    Words.Evidence evidence() {
        return new Words.Evidence(certificate, List.of(), List.of(), List.of());
    }

    /// What a block of this evidence and these actions would be.
    Ledger.Made make(Words words, Action... actions) {
        return makeBy(member(0), words, actions);
    }

    Ledger.Made makeBy(Signer primary, Words words, Action... actions) {
        List<SignedTransaction> all = new ArrayList<>();
        long nonce = Account.find(tip.state(), primary.key()).orElseThrow().nonce();
        all.add(signed(primary, nonce, new Action.Govern(Words.FORMAT.encode(words))));
        for (Action action : actions) {
            all.add(signed(primary, ++nonce, action));
        }
        return tip.make(
                all,
                tip.head().header().time().plusMillis(1),
                primary.key(),
                Keys.CRYPTOGRAPHY.verifier());
    }

    private static SignedTransaction signed(Signer signer, long nonce, Action action) {
        return SignedTransaction.by(signer, new Transaction(CHAIN, signer.key(), nonce, action));
    }

    /// Makes it final by some members' words.
    void settle(Ledger.Made made, int view, Integer... committing) {
        Turn turn = turn(made.header().height(), view);
        TreeMap<VerifyingKey, Signature> commits = new TreeMap<>();
        for (int each : committing) {
            Ballot ballot = ballot(each, Ballot.Phase.COMMIT, turn, made);
            commits.put(ballot.sealer(), ballot.signature());
        }
        CommitCertificate next = new CommitCertificate(turn, made.header().digest(), commits);
        certificate = Optional.of(next);
        tip =
                made.certified(
                        new CertifiedHeader(made.header(), CommitCertificate.FORMAT.encode(next)));
    }

    /// A node of this chain.
    static Self self(Signer signer) {
        return new Self(
                genesis(),
                SETTINGS,
                new Habits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1)),
                signer,
                Keys.CRYPTOGRAPHY.verifier());
    }

    static Ballot ballot(int member, Ballot.Phase phase, Turn turn, Ledger.Made made) {
        return Ballot.by(member(member), phase, CHAIN, turn, made.header().digest());
    }

    static Turn turn(long height, int view) {
        return new Turn(SETTINGS.epoch(height), view, height);
    }

    /// Goes on to a height, block after block; each is final by three.
    ///
    /// @return the blocks behind the one before
    public List<Block> settleTo(long height) {
        List<Block> blocks = new ArrayList<>();
        while (tip.height() < height) {
            Ledger.Made made = make(evidence());
            settle(made, 0, 0, 1, 2);
            blocks.add(made.block(tip.head()));
        }
        return blocks;
    }

    /// What checks everybody's signatures.
    public static Verifier verifier() {
        return Keys.CRYPTOGRAPHY.verifier();
    }

    Repute repute(int member) {
        return Kept.table(tip.state()).of(member(member).key());
    }

    Sealers sealers(long epoch) {
        return Kept.sealers(tip.state(), epoch);
    }
}
