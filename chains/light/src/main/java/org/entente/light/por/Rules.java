package org.entente.light.por;

import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// By what a block is judged: who may make it and how hard that is. A block that changes them is
/// judged by those before it.
///
/// @param number how often they were changed
/// @param members in the order they joined; nobody twice by account, name or key
public record Rules(long number, List<Member> members, Parameters parameters) {
    public static final int MEMBER_COUNT_MAX = 100;
    public static final Format<Rules> FORMAT =
            new Format<>(PorTag.RULES, 128 * 1024, Rules::write, Rules::read);
    private static final int DEPTH_LEAST = 6;

    public Rules {
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > MEMBER_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a chain has 1 to " + MEMBER_COUNT_MAX + " members, not " + members.size());
        }
        requireDistinct(members, Member::account);
        requireDistinct(members, Member::name);
        requireDistinct(members, Member::key);
    }

    private static <T extends Comparable<T>> void requireDistinct(
            List<Member> members, Function<Member, T> of) {
        TreeSet<T> seen = new TreeSet<>();
        for (Member member : members) {
            if (!seen.add(of.apply(member))) {
                throw new IllegalArgumentException(
                        member.name() + " is a member twice, by account, name or key");
            }
        }
    }

    public Rules with(List<Member> next) {
        return new Rules(number + 1, next, parameters);
    }

    public Rules with(Parameters next) {
        return new Rules(number + 1, members, next);
    }

    public Rules without(VerifyingKey account) {
        List<Member> rest = new ArrayList<>(members);
        rest.removeIf(each -> each.account().equals(account));
        return with(rest);
    }

    public int count() {
        return members.size();
    }

    public Optional<Member> member(VerifyingKey account) {
        return members.stream().filter(each -> each.account().equals(account)).findFirst();
    }

    /// How many blocks lie above a final one, at least.
    public int depth() {
        return Math.max(DEPTH_LEAST, count() + 1);
    }

    /// How many members made them, at least: more than half.
    public int majority() {
        return count() / 2 + 1;
    }

    public Difficulty difficulty() {
        return new Difficulty(count(), parameters);
    }

    public Digest digest() {
        return FORMAT.digest(this);
    }

    public static void write(Encoder encoder, Rules rules) {
        encoder.u64(rules.number).list(rules.members, Member::write);
        Parameters.write(encoder, rules.parameters);
    }

    public static Rules read(Decoder decoder) {
        return new Rules(
                decoder.u64(),
                decoder.list(MEMBER_COUNT_MAX, Member::read),
                Parameters.read(decoder));
    }
}
