package org.entente.chain.por;

import org.entente.chain.state.Area;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.light.NodeKey;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Where this consensus keeps what it knows, in the area SYSTEM (docs/chains/por.md §4.1).
public final class Kept {
    public static final StateKey RULES = StateKey.system(Bytes.utf8("rules"));
    public static final StateKey PROPOSAL = StateKey.system(Bytes.utf8("proposal"));
    private static final Bytes PAST = Bytes.utf8("rules/");
    private static final Bytes MADE = Bytes.utf8("made/");
    private static final Bytes DOUBLE = Bytes.utf8("double/");
    private static final Bytes FORMER = Bytes.utf8("former/");
    private static final int FORMER_COUNT_MAX = 1_024;

    private Kept() {}

    public static Rules rules(Reading state) {
        return state.value(RULES).map(it -> Rules.FORMAT.decode(it).orThrow()).orElseThrow();
    }

    static void rules(Draft draft, Position position, Rules rules) {
        Bytes bytes = Rules.FORMAT.encode(rules);
        draft.put(RULES, position.version(), bytes);
        draft.put(past(rules.number()), position.version(), bytes);
    }

    /// Rules that once held: nothing that was judged by them stays without them.
    public static Optional<Rules> rules(Reading state, long number) {
        return state.value(past(number)).map(it -> Rules.FORMAT.decode(it).orThrow());
    }

    private static StateKey past(long number) {
        return StateKey.system(
                PAST.concat(Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(number).array())));
    }

    public static Optional<Proposal> proposal(Reading state) {
        return state.value(PROPOSAL).map(it -> Proposal.FORMAT.decode(it).orThrow());
    }

    static void proposal(Draft draft, Position position, Proposal proposal) {
        draft.put(PROPOSAL, position.version(), Proposal.FORMAT.encode(proposal));
    }

    /// The height of the last block that a member made; 0: none.
    public static long made(Reading state, VerifyingKey account) {
        return number(state, MADE, account);
    }

    static void made(Draft draft, Position position, VerifyingKey account) {
        number(draft, position, MADE, account, position.height());
    }

    /// The key that a member's block of a height was signed with: the first that it laid down at
    /// that height or later, else the one it has.
    static Optional<NodeKey> key(Reading state, VerifyingKey account, long height) {
        for (Item item :
                state.under(Area.SYSTEM, "", FORMER.concat(account.bytes()), FORMER_COUNT_MAX)) {
            Bytes place = item.key().key();
            if (place.slice(place.size() - Long.BYTES, place.size()).asBuffer().getLong()
                    >= height) {
                return item.value().map(NodeKey::new);
            }
        }
        return rules(state).member(account).map(Member::key);
    }

    /// A key that signs no blocks behind this one any longer.
    static void former(Draft draft, Position position, Member member) {
        draft.put(
                at(FORMER, member.account(), position.height()),
                position.version(),
                member.key().der());
    }

    /// Whether it is kept that a member made two blocks of one height upon one.
    public static boolean isDouble(Reading state, VerifyingKey account, long height) {
        return state.value(at(DOUBLE, account, height)).isPresent();
    }

    /// @param hashes of both headers
    static void keepDouble(
            Draft draft, Position position, VerifyingKey account, long height, Bytes hashes) {
        draft.put(at(DOUBLE, account, height), position.version(), hashes);
    }

    /// How many such heights are kept of a member, as far as a limit.
    public static int doubles(Reading state, VerifyingKey account, int countMax) {
        return state.under(Area.SYSTEM, "", DOUBLE.concat(account.bytes()), countMax).size();
    }

    private static StateKey at(Bytes word, VerifyingKey account, long height) {
        return StateKey.system(
                word.concat(account.bytes())
                        .concat(
                                Bytes.copyOf(
                                        ByteBuffer.allocate(Long.BYTES).putLong(height).array())));
    }

    private static long number(Reading state, Bytes word, VerifyingKey account) {
        return state.value(StateKey.system(word.concat(account.bytes())))
                .map(value -> value.asBuffer().getLong())
                .orElse(0L);
    }

    private static void number(
            Draft draft, Position position, Bytes word, VerifyingKey account, long number) {
        draft.put(
                StateKey.system(word.concat(account.bytes())),
                position.version(),
                Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }
}
