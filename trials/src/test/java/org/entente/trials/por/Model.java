package org.entente.trials.por;

import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.por.Change;
import org.entente.chain.por.Kept;
import org.entente.chain.por.Placed;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Proposal;
import org.entente.chain.por.Words;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.trials.simulation.Violation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the rules have to be behind each final block, worked out anew from who made which block and
/// from who said what, in the plainest way (docs/chains/por.md §4).
final class Model {
    private final int membersMin;
    private final List<VerifyingKey> creators = new ArrayList<>();
    private final TreeMap<VerifyingKey, Long> nonces = new TreeMap<>();
    private Rules rules;
    private Optional<Vote> open = Optional.empty();
    private int removed;
    private int executed;
    private int expired;

    /// What members are voting on.
    private record Vote(Digest id, Change change, Instant until, TreeSet<VerifyingKey> yes) {}

    Model(Rules rules, int membersMin) {
        this.rules = rules;
        this.membersMin = membersMin;
    }

    int removed() {
        return removed;
    }

    int executed() {
        return executed;
    }

    int expired() {
        return expired;
    }

    /// @param transactions of the block
    void add(Placed placed, List<SignedTransaction> transactions) {
        PorBlock block = placed.block().orElseThrow();
        creators.add(block.creation().creator());
        Instant time = Instant.ofEpochSecond(block.header().time());
        boolean rejected = false;
        for (SignedTransaction signed : transactions) {
            count(signed);
            if (signed.transaction().action() instanceof Action.Govern(var bytes)
                    && Words.FORMAT.decode(bytes) instanceof Parsed.Value<Words>(Words words)) {
                rejected |= tell(words, signed, time, placed);
            }
        }
        close(placed, time, rejected);
    }

    private void count(SignedTransaction signed) {
        VerifyingKey account = signed.transaction().account();
        long due = nonces.merge(account, 1L, Long::sum) - 1;
        if (signed.transaction().nonce() != due) {
            throw new Violation(
                    "NoncesHaveNoGaps",
                    "nonce " + signed.transaction().nonce() + " where " + due + " was due");
        }
    }

    /// Whether it ended the vote.
    private boolean tell(Words words, SignedTransaction signed, Instant time, Placed placed) {
        VerifyingKey account = signed.transaction().account();
        boolean isOpen = open.isPresent() && !time.isAfter(open.get().until);
        switch (words) {
            case Words.Propose(Change change, var validity) -> {
                Digest id = signed.transaction().id();
                boolean isTaken =
                        Kept.proposal(placed.ledger().state())
                                .filter(it -> it.id().equals(id))
                                .isPresent();
                if (isTaken && isOpen) {
                    throw new Violation("OneProposalAtATime", id + " beside " + open.get().id);
                }
                if (isTaken) {
                    TreeSet<VerifyingKey> yes = new TreeSet<>();
                    yes.add(account);
                    open = Optional.of(new Vote(id, change, time.plus(validity), yes));
                }
            }
            case Words.Vote(Digest proposal, boolean yes) -> {
                if (isOpen && open.get().id.equals(proposal) && isAsked(account)) {
                    if (!yes) {
                        open = Optional.empty();
                        return true;
                    }
                    open.get().yes.add(account);
                }
            }
            case Words.Evidence _ -> {
                // Changes no rules.
            }
        }
        return false;
    }

    private boolean isAsked(VerifyingKey account) {
        return !(open.get().change instanceof Change.Remove(VerifyingKey leaving)
                && leaving.equals(account));
    }

    private void close(Placed placed, Instant time, boolean rejected) {
        List<Member> slack = slack(placed.height());
        List<Member> members = new ArrayList<>(rules.members());
        members.removeAll(slack);
        removed += slack.size();
        Rules after = placed.link().rules();
        for (Member each : rules.members()) {
            boolean leaves = slack.contains(each);
            boolean isThere = after.member(each.account()).isPresent();
            if (leaves == isThere && !isVotedOut(each)) {
                throw new Violation(
                        "SlackLeavesAtItsBlock",
                        each.name()
                                + (leaves ? " should have left at " : " left at ")
                                + placed.height());
            }
        }
        Rules expected = new Rules(after.number(), members, rules.parameters());
        if (open.isPresent() && time.isAfter(open.get().until)) {
            open = Optional.empty();
            expired++;
        } else if (open.isPresent()) {
            expected = voted(expected, placed);
        }
        if (!expected.equals(after)) {
            throw new Violation(
                    "RulesFollowTheVotes",
                    "behind block %d the rules are %s, the votes make them %s%s"
                            .formatted(placed.height(), after, expected, rejected ? " (no)" : ""));
        }
        rules = after;
    }

    private boolean isVotedOut(Member member) {
        return open.isPresent()
                && open.get().change instanceof Change.Remove(VerifyingKey leaving)
                && leaving.equals(member.account());
    }

    private List<Member> slack(long height) {
        int reach = 2 * rules.count();
        if (height < reach) {
            return List.of();
        }
        TreeSet<VerifyingKey> active =
                new TreeSet<>(creators.subList(creators.size() - reach, creators.size()));
        List<Member> slack =
                rules.members().stream()
                        .filter(each -> !active.contains(each.account()))
                        .filter(each -> each.joined() <= height - reach)
                        .sorted(
                                Comparator.<Member>comparingInt(
                                                each -> creators.lastIndexOf(each.account()))
                                        .thenComparing(Member::account))
                        .toList();
        return slack.subList(0, Math.min(slack.size(), Math.max(0, rules.count() - membersMin)));
    }

    private Rules voted(Rules before, Placed placed) {
        Vote vote = open.orElseThrow();
        Proposal.Stage stage = Kept.proposal(placed.ledger().state()).orElseThrow().stage();
        if (stage == Proposal.Stage.VOID) {
            open = Optional.empty();
            return before;
        }
        boolean all =
                before.members().stream()
                        .map(Member::account)
                        .filter(this::isAsked)
                        .allMatch(vote.yes::contains);
        if (!all) {
            return before;
        }
        open = Optional.empty();
        executed++;
        return changed(vote.change, before, placed.height());
    }

    private static Rules changed(Change change, Rules before, long height) {
        List<Member> members = new ArrayList<>(before.members());
        switch (change) {
            case Change.Add(Member member, var _) -> members.add(member.joining(height));
            case Change.Remove(VerifyingKey account) ->
                    members.removeIf(each -> each.account().equals(account));
            case Change.Update(var account, var key, var host, int port, var _, var handover) ->
                    members.replaceAll(each ->
                            each.account().equals(account)
                                    ? new Member(
                                            account,
                                            each.name(),
                                            key,
                                            host,
                                            port,
                                            each.joined(),
                                            handover.isEmpty() ? each.handover() : handover)
                                    : each);
            case Change.Retune(var parameters) -> {
                return new Rules(before.number(), members, parameters);
            }
        }
        return new Rules(before.number(), members, before.parameters());
    }
}
