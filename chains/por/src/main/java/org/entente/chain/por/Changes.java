package org.entente.chain.por;

import org.entente.light.NodeKey;
import org.entente.light.NodeVerifier;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.List;

/// What a change that members agree on makes of their rules, and whether it can be made.
record Changes(ChainId chain, Settings settings, NodeVerifier verifier) {

    /// Whether a change can be made to rules as they are.
    Verdict possible(Change change, Rules rules) {
        return switch (change) {
            case Change.Add(Member member, Bytes consent) ->
                    consented(member.account(), member.key(), consent)
                            .and(() -> joins(member, rules));
            case Change.Remove(VerifyingKey account) ->
                    isMember(account, rules)
                            .and(() ->
                                    rules.count() > 1
                                            ? lives(rules, rules.count() - 1)
                                            : Verdict.rejected(
                                                    Fault.INVALID_VALUE, "it is the last"));
            case Change.Update update ->
                    isMember(update.account(), rules)
                            .and(() -> handedOver(update, rules))
                            .and(() -> consented(update.account(), update.key(), update.consent()))
                            .and(() -> tried(() -> rules.with(updated(update, rules))));
            case Change.Retune(var parameters) -> lives(rules.with(parameters), rules.count());
        };
    }

    /// Whether the key that a member has lets another one take its place.
    private Verdict handedOver(Change.Update update, Rules rules) {
        NodeKey before = rules.member(update.account()).orElseThrow().key();
        boolean isFine =
                before.equals(update.key())
                        ? update.handover().isEmpty()
                        : verifier.verify(
                                before,
                                Member.consent(chain, update.account(), update.key()),
                                update.handover());
        return isFine
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, "the key before does not hand over");
    }

    private Verdict joins(Member member, Rules rules) {
        if (member.joined() != 0 || !member.handover().isEmpty()) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE, "it has neither joined yet nor had another key");
        }
        return tried(() -> changed(new Change.Add(member, Bytes.EMPTY), rules, 1))
                .and(() -> lives(rules, rules.count() + 1));
    }

    /// No member twice, not too many.
    private static Verdict tried(Runnable change) {
        try {
            change.run();
            return Verdict.accepted();
        } catch (IllegalArgumentException e) {
            return Verdict.rejected(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    /// Whether so many members can live with the parameters, and as few as may be left of them.
    private Verdict lives(Rules rules, int count) {
        Verdict verdict = Verdict.accepted();
        for (int each = Math.min(count, settings.membersMin());
                each <= count && verdict.isAccepted();
                each++) {
            verdict = rules.parameters().check(each);
        }
        return verdict;
    }

    private static Verdict isMember(VerifyingKey account, Rules rules) {
        return rules.member(account).isPresent()
                ? Verdict.accepted()
                : Verdict.rejected(Fault.NOT_FOUND, account + " is no member");
    }

    private Verdict consented(VerifyingKey account, NodeKey key, Bytes consent) {
        return verifier.isUsable(key)
                        && verifier.verify(key, Member.consent(chain, account, key), consent)
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, "the node's key does not consent");
    }

    static Rules changed(Change change, Rules rules, long height) {
        return switch (change) {
            case Change.Add(Member member, Bytes _) -> {
                List<Member> more = new ArrayList<>(rules.members());
                more.add(member.joining(height));
                yield rules.with(more);
            }
            case Change.Remove(VerifyingKey account) -> rules.without(account);
            case Change.Update update -> rules.with(updated(update, rules));
            case Change.Retune(var parameters) -> rules.with(parameters);
        };
    }

    private static List<Member> updated(Change.Update update, Rules rules) {
        List<Member> next = new ArrayList<>(rules.members());
        next.replaceAll(
                each -> each.account().equals(update.account()) ? updated(update, each) : each);
        return next;
    }

    private static Member updated(Change.Update update, Member member) {
        return new Member(
                member.account(),
                member.name(),
                update.key(),
                update.host(),
                update.port(),
                member.joined(),
                update.key().equals(member.key()) ? member.handover() : update.handover());
    }
}
