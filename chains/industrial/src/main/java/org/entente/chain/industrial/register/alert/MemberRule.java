package org.entente.chain.industrial.register.alert;

import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.chain.industrial.Kept;
import org.entente.chain.industrial.Reckoning;
import org.entente.chain.industrial.Repute;
import org.entente.chain.industrial.Table;
import org.entente.chain.industrial.Words;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Item;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of those who make blocks: it replays what the consensus's own transactions did.
final class MemberRule implements Rule {
    /// What is final was verified before it became so.
    private static final Verifier BELIEVING = (_, _, _) -> true;

    private static final int LOW = 300;
    private static final int STEP = 100;

    private final Reckoning reckoning;
    private final AccountRule accounts;
    private State system;

    /// Of the block that is being heard.
    private Draft draft;

    private MemberRule(Reckoning reckoning, AccountRule accounts, State system) {
        this.reckoning = reckoning;
        this.accounts = accounts;
        this.system = system;
        this.draft = new Draft(system);
    }

    static MemberRule begun(Genesis genesis, AccountRule accounts) {
        Reckoning reckoning = Reckoning.of(genesis, BELIEVING).orThrow();
        Draft draft = new Draft(State.EMPTY);
        reckoning.begin(genesis, draft);
        return new MemberRule(reckoning, accounts, State.EMPTY.with(draft.written()));
    }

    @Override
    public boolean on(Transaction transaction, Receipt receipt, Heard heard) {
        if (transaction.action() instanceof Action.Govern(Bytes words)
                && receipt.status() == Receipt.Status.DONE) {
            govern(transaction, words, heard);
        }
        return false;
    }

    private void govern(Transaction transaction, Bytes bytes, Heard heard) {
        reckoning.perform(transaction, bytes, draft, heard.moment()).orThrow();
        if (Words.FORMAT.decode(bytes).orThrow() instanceof Words.Evidence evidence) {
            evidence.certificate()
                    .filter(it -> it.turn().view() > 0)
                    .ifPresent(it ->
                            heard.tell(
                                    AlertType.VIEW_CHANGE,
                                    Optional.empty(),
                                    "block " + it.turn().height(),
                                    Optional.of((long) it.turn().view()),
                                    "agreed on in view " + it.turn().view()));
        }
    }

    @Override
    public void end(Heard heard) {
        reckoning.close(draft, heard.moment());
        Table before = Kept.table(system);
        system = system.with(draft.written());
        draft = new Draft(system);
        Kept.table(system)
                .members()
                .forEach((member, repute) -> member(member, before.of(member), repute, heard));
    }

    private void member(VerifyingKey member, Repute before, Repute after, Heard heard) {
        if (after.offline() && !before.offline()) {
            tell(
                    AlertType.NODE_OFFLINE,
                    member,
                    after,
                    "its commits or its heartbeat were missing",
                    heard);
        }
        if (after.banned() && !before.banned()) {
            tell(AlertType.NODE_BANNED, member, after, "it contradicted itself", heard);
        }
        if (step(after) < step(before)) {
            tell(
                    AlertType.REPUTATION_LOW,
                    member,
                    after,
                    "from %d to %d points".formatted(before.points(), after.points()),
                    heard);
        }
    }

    private void tell(
            AlertType type, VerifyingKey member, Repute after, String detail, Heard heard) {
        heard.tell(
                type,
                accounts.organisation(member),
                member.toString(),
                Optional.of((long) after.points()),
                detail);
    }

    /// Told again at each hundred below, so that a threshold below it is heard of.
    private static int step(Repute repute) {
        return Math.min(repute.points(), LOW) / STEP;
    }

    @Override
    public void write(Encoder encoder) {
        encoder.list(items(system), (each, it) -> each.bytes(Item.STORED.encode(it)));
    }

    static MemberRule read(Decoder decoder, Genesis genesis, AccountRule accounts) {
        List<Item> items =
                decoder.list(Lookout.COUNT_MAX, each -> item(each.bytes(Item.STORED.sizeMax())));
        State system = State.EMPTY.with(items);
        if (!items(system).equals(items)) {
            throw new IllegalArgumentException("the members' items are not in their order");
        }
        return new MemberRule(Reckoning.of(genesis, BELIEVING).orThrow(), accounts, system);
    }

    private static List<Item> items(State system) {
        List<Item> items = new ArrayList<>();
        system.forEach(items::add);
        return items;
    }

    private static Item item(Bytes bytes) {
        return switch (Item.STORED.decode(bytes)) {
            case Parsed.Value<Item>(Item item) -> item;
            case Parsed.Refused<Item>(Verdict.Rejected why) ->
                    throw new IllegalArgumentException(why.toString());
        };
    }
}
