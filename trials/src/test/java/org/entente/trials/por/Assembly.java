package org.entente.trials.por;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.por.Change;
import org.entente.chain.por.Kept;
import org.entente.chain.por.Proposal;
import org.entente.chain.por.Words;
import org.entente.chain.state.State;
import org.entente.light.fixture.Played;
import org.entente.light.por.Certificate;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;
import org.entente.trials.simulation.Chance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What people do: write values, propose changes, vote, bring back who was removed.
final class Assembly {
    /// Of which one in so many one member does not like.
    private static final int DISLIKED = 4;

    private static final Duration VALIDITY = Duration.ofMinutes(1);

    private final World world;
    private final Chance chance;
    private final List<Signer> clients;
    private final long[] posted;
    private int keys;
    private int ports = 9_000;

    Assembly(World world, Chance chance, List<Signer> clients) {
        this.world = world;
        this.chance = chance;
        this.clients = clients;
        this.posted = new long[clients.size()];
    }

    /// How many values were written.
    long written() {
        long sum = 0;
        for (long each : posted) {
            sum += each;
        }
        return sum;
    }

    /// Whether all that was written is final.
    boolean isWritten(State state) {
        for (int client = 0; client < posted.length; client++) {
            long done =
                    Account.find(state, clients.get(client).key()).map(Account::nonce).orElse(0L);
            if (done < posted[client]) {
                return false;
            }
        }
        return true;
    }

    void write() {
        int client = chance.below(clients.size());
        Signer by = clients.get(client);
        post(
                by,
                posted[client],
                new Action.Put(
                        Bytes.utf8("key-" + chance.below(20)),
                        Optional.empty(),
                        Bytes.utf8("value-" + posted[client])));
        posted[client]++;
    }

    private void post(Signer by, long nonce, Action action) {
        world.pond()
                .post(
                        SignedTransaction.by(
                                by, new Transaction(world.chain(), by.key(), nonce, action)),
                        world.plan().nodes());
    }

    /// Tells the chain something as a member, unless something it told waits already.
    private void tell(Node by, Words words) {
        State state = by.tree().best().ledger().state();
        if (!world.pond().isWaiting(by.account.key(), state)) {
            long nonce = Account.find(state, by.account.key()).map(Account::nonce).orElse(0L);
            post(by.account, nonce, new Action.Govern(Words.FORMAT.encode(words)));
        }
    }

    void expose(Node by, Certificate one, Certificate other) {
        tell(by, new Words.Evidence(one, other));
    }

    /// A member looks at what is proposed.
    void look(Node member) {
        if (!member.isUp() || member.self().isEmpty()) {
            return;
        }
        Optional<Proposal> open =
                Kept.proposal(member.tree().best().ledger().state()).filter(Proposal::isOpen);
        if (open.isEmpty()) {
            return;
        }
        if (member.index == 0 && open.get().id().bytes().at(0) % DISLIKED == 0) {
            // It neither agrees nor says no: the vote ends with its time.
            return;
        }
        boolean hasVoted = open.get().yes().contains(member.account.key());
        // Some forget to vote, some vote twice, some say no.
        if (chance.in(hasVoted ? 0.05 : 0.5)) {
            tell(member, new Words.Vote(open.get().id(), !chance.in(0.01)));
        }
    }

    /// Somebody proposes something; sooner or later all have to be members again.
    void propose() {
        List<Node> members =
                world.nodes().stream()
                        .filter(each -> each.isUp() && each.self().isPresent())
                        .toList();
        if (members.isEmpty()) {
            return;
        }
        Node by = chance.one(members);
        Optional<Node> missing =
                world.nodes().stream()
                        .filter(each ->
                                each.isUp() && by.rules().member(each.account.key()).isEmpty())
                        .findFirst();
        Change change = missing.map(this::add).orElseGet(() -> some(by));
        tell(by, new Words.Propose(change, VALIDITY));
    }

    private Change some(Node by) {
        return switch (chance.below(4)) {
            case 0 -> {
                VerifyingKey leaving = chance.one(by.rules().members()).account();
                yield by.rules().count() > 3 ? new Change.Remove(leaving) : retune(by);
            }
            case 1 -> update(chance.one(world.nodes()));
            case 2 -> moved(chance.one(by.rules().members()));
            default -> retune(by);
        };
    }

    private Change retune(Node by) {
        Parameters first = world.plan().parameters();
        Parameters now = by.rules().parameters();
        return new Change.Retune(
                now.equals(first)
                        ? new Parameters(first.max() + 300, first.min() + 300, first.nearest())
                        : first);
    }

    private Change add(Node node) {
        Member was = world.member(node.index);
        Played key = node.signer();
        return new Change.Add(
                new Member(was.account(), was.name(), key.key(), was.host(), was.port(), 0),
                consent(was.account(), key));
    }

    private Change update(Node node) {
        Played key = Played.of("key " + node.index + " " + ++keys);
        node.prepare(key);
        Member was = world.member(node.index);
        return new Change.Update(
                was.account(),
                key.key(),
                was.host(),
                was.port(),
                consent(was.account(), key),
                node.signer().sign(Member.consent(world.chain(), was.account(), key.key())));
    }

    private Change moved(Member member) {
        Played key = new Played(member.key());
        return new Change.Update(
                member.account(),
                key.key(),
                "elsewhere",
                ++ports,
                consent(member.account(), key),
                Bytes.EMPTY);
    }

    private Bytes consent(VerifyingKey account, Played key) {
        return key.sign(Member.consent(world.chain(), account, key.key()));
    }
}
