package org.entente.chain.industrial;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.light.fixture.Sample;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Trail;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// An object of each format, of a chain of four whose first epoch has three blocks.
final class Samples {
    static final ChainId CHAIN = new ChainId("icb:vectors");
    static final Settings SETTINGS = new Settings(4, 3, 2, Duration.ofSeconds(2), Rates.USUAL);
    private static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");

    private final List<Signer> members;
    private final List<Sample<?>> all = new ArrayList<>();

    Samples(List<Signer> members) {
        this.members = List.copyOf(members);
    }

    List<Sample<?>> all() {
        Genesis genesis = genesis();
        Reckoning reckoning = Reckoning.of(genesis, Keys.CRYPTOGRAPHY.verifier()).orThrow();
        Ledger begun =
                Ledger.begun(
                        genesis,
                        reckoning,
                        new CertifiedHeader(Ledger.first(genesis, reckoning), Bytes.EMPTY));
        add("genesis", Genesis.FORMAT, genesis);
        add("settings", Settings.FORMAT, SETTINGS);
        add("sealers", Sealers.FORMAT, Kept.sealers(begun.state(), 0));
        Ledger.Made one = made(begun, Optional.empty());
        CommitCertificate certificate = certificate(one);
        words(certificate, one);
        messages(one, certificate);
        Ledger now = settled(one, certificate);
        for (int height = 2; height <= SETTINGS.last(0); height++) {
            Ledger.Made next = made(now, Optional.of(certificate));
            certificate = certificate(next);
            now = settled(next, certificate);
            if (height == 2) {
                add("past", Past.FORMAT, Kept.past(now.state()));
            }
        }
        add("table", Table.FORMAT, Kept.table(now.state()));
        add("trail", Trail.FORMAT, new Trail(List.of(EpochEnd.of(now))));
        return all;
    }

    private <T> void add(String name, Format<T> format, T value) {
        all.add(new Sample<>(name, format, value));
    }

    private Genesis genesis() {
        return new Genesis(
                CHAIN,
                new Name("industrial"),
                members.getFirst().key(),
                Sorted.copyOf(members.stream().map(Signer::key).toList()),
                Sorted.copyOf(List.<VerifyingKey>of()),
                BEGIN,
                Settings.FORMAT.encode(SETTINGS));
    }

    private Ledger.Made made(Ledger on, Optional<CommitCertificate> certificate) {
        Signer primary = members.getFirst();
        Words words = new Words.Evidence(certificate, List.of(), List.of(), List.of());
        long nonce = Account.find(on.state(), primary.key()).orElseThrow().nonce();
        Transaction evidence =
                new Transaction(
                        CHAIN, primary.key(), nonce, new Action.Govern(Words.FORMAT.encode(words)));
        return on.make(
                List.of(SignedTransaction.by(primary, evidence)),
                on.head().header().time().plusMillis(1),
                primary.key(),
                Keys.CRYPTOGRAPHY.verifier());
    }

    private static Turn turn(Ledger.Made made, int view) {
        long height = made.header().height();
        return new Turn(SETTINGS.epoch(height), view, height);
    }

    private Ballot ballot(int member, Ballot.Phase phase, Ledger.Made made) {
        return Ballot.by(members.get(member), phase, CHAIN, turn(made, 0), made.header().digest());
    }

    private CommitCertificate certificate(Ledger.Made made) {
        TreeMap<VerifyingKey, Signature> commits = new TreeMap<>();
        for (int member = 0; member < 3; member++) {
            Ballot commit = ballot(member, Ballot.Phase.COMMIT, made);
            commits.put(commit.sealer(), commit.signature());
        }
        return new CommitCertificate(turn(made, 0), made.header().digest(), commits);
    }

    private static Ledger settled(Ledger.Made made, CommitCertificate certificate) {
        return made.certified(
                new CertifiedHeader(made.header(), CommitCertificate.FORMAT.encode(certificate)));
    }

    private void words(CommitCertificate certificate, Ledger.Made one) {
        add("certificate", CommitCertificate.FORMAT, certificate);
        Ballot late = ballot(3, Ballot.Phase.COMMIT, one);
        Ballot lie =
                Ballot.by(
                        members.get(3),
                        Ballot.Phase.COMMIT,
                        CHAIN,
                        turn(one, 0),
                        Digest.of(Bytes.utf8("another block")));
        add(
                "evidence",
                Words.FORMAT,
                new Words.Evidence(
                        Optional.of(certificate),
                        List.of(late),
                        List.of(beat(one)),
                        List.of(new Equivocation(late, lie))));
        add("readmit", Words.FORMAT, new Words.Readmit(members.get(3).key()));
    }

    private Heartbeat beat(Ledger.Made one) {
        return Heartbeat.by(members.get(1), CHAIN, 0, one.header().digest());
    }

    private void messages(Ledger.Made one, CommitCertificate certificate) {
        Body body = new Body(one.header(), one.transactions());
        Ballot propose = ballot(0, Ballot.Phase.PROPOSE, one);
        Ballot prepare = ballot(1, Ballot.Phase.PREPARE, one);
        Ballot second = ballot(2, Ballot.Phase.PREPARE, one);
        Pledge.Held held =
                new Pledge.Held(
                        new Prepared(
                                turn(one, 0), body.digest(), List.of(propose, prepare, second)),
                        body);
        Self self =
                new Self(
                        genesis(),
                        SETTINGS,
                        new Habits(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1)),
                        members.get(2),
                        Keys.CRYPTOGRAPHY.verifier());
        ViewChange change = ViewChange.by(self, turn(one, 1), Optional.of(held.claim()));
        add("pledge", Pledge.FORMAT, Pledge.begun(turn(one, 1)).prepared(held));
        Block block = one.block(settled(one, certificate).head());
        List<Message> messages =
                List.of(
                        new Message.Propose(
                                propose, body, List.of(change), Optional.of(held.proof())),
                        new Message.Vote(prepare, Optional.of(propose)),
                        new Message.Change(change, Optional.of(held)),
                        new Message.Beat(beat(one)),
                        new Message.Have(7),
                        new Message.Ask(8),
                        new Message.Blocks(List.of(block)),
                        new Message.Give(one.transactions()));
        for (Message message : messages) {
            add("message-" + message.getClass().getSimpleName(), Message.FORMAT, message);
        }
    }
}
