package org.entente.chain.por;

import org.entente.chain.Genesis;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Governance;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.light.NodeKey;
import org.entente.light.NodeVerifier;
import org.entente.light.por.Certificate;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How members change their chain: who rests too long leaves, everything else takes all of them.
/// Whatever a block changes holds for the blocks behind it (docs/chains/por.md §4).
public record StrongContracts(ChainId chain, Settings settings, NodeVerifier verifier)
        implements Governance {

    private Changes changes() {
        return new Changes(chain, settings, verifier);
    }

    @Override
    public void begin(Genesis genesis, Draft draft) {
        Position start = new Position(0, 0);
        Kept.rules(draft, start, settings.rules());
        for (Member member : settings.rules().members()) {
            Account.admit(member.account(), draft, start);
        }
    }

    @Override
    public Verdict includable(VerifyingKey account, Bytes bytes, Reading state) {
        return switch (Words.FORMAT.decode(bytes)) {
            case Parsed.Refused<Words>(Verdict.Rejected why) -> why;
            case Parsed.Value<Words>(Words words) ->
                    switch (words) {
                        case Words.Evidence _ -> Verdict.accepted();
                        case Words.Propose _, Words.Vote _ ->
                                Kept.rules(state).member(account).isPresent()
                                        ? Verdict.accepted()
                                        : Verdict.rejected(
                                                Fault.NOT_A_SIGNER,
                                                "only members propose and vote");
                    };
        };
    }

    @Override
    public Parsed<Bytes> perform(Transaction transaction, Bytes bytes, Draft draft, Moment moment) {
        return Words.FORMAT
                .decode(bytes)
                .then(words ->
                        switch (words) {
                            case Words.Propose propose ->
                                    propose(propose, transaction, draft, moment);
                            case Words.Vote vote ->
                                    vote(vote, transaction.account(), draft, moment);
                            case Words.Evidence evidence -> keep(evidence, draft, moment);
                        });
    }

    /// Whether the proposal that is kept holds up another one.
    private static boolean isBusy(Optional<Proposal> last, Moment moment) {
        return last.isPresent() && last.get().isOpen() && !last.get().isExpired(moment.time());
    }

    private Parsed<Bytes> propose(
            Words.Propose words, Transaction transaction, Draft draft, Moment moment) {
        Optional<Proposal> last = Kept.proposal(draft);
        if (isBusy(last, moment)) {
            return Parsed.refused(
                    Fault.PROPOSAL_OPEN, "members are voting on " + last.orElseThrow().id());
        }
        if (changes().possible(words.change(), Kept.rules(draft)) instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        Kept.proposal(
                draft,
                moment.position(),
                Proposal.opened(
                        transaction.id(),
                        transaction.account(),
                        words,
                        moment.position().height(),
                        moment.time()));
        return Parsed.of(transaction.id().bytes());
    }

    private static Parsed<Bytes> vote(
            Words.Vote vote, VerifyingKey voter, Draft draft, Moment moment) {
        Optional<Proposal> last = Kept.proposal(draft);
        if (last.isEmpty() || !last.get().id().equals(vote.proposal())) {
            return Parsed.refused(Fault.NOT_FOUND, "no such proposal is open");
        }
        Proposal open = last.get();
        if (!isBusy(last, moment)) {
            return Parsed.refused(Fault.OUTDATED, "the proposal is " + open.stage());
        }
        if (!open.asks(voter)) {
            return Parsed.refused(Fault.NOT_A_SIGNER, "of its own removal nobody is asked");
        }
        if (vote.yes() && open.yes().contains(voter)) {
            return Parsed.refused(Fault.ALREADY_EXISTS, "this member has agreed");
        }
        long height = moment.position().height();
        Kept.proposal(
                draft,
                moment.position(),
                vote.yes() ? open.with(voter) : open.ended(Proposal.Stage.REJECTED, height));
        return Parsed.of(Bytes.EMPTY);
    }

    private Parsed<Bytes> keep(Words.Evidence evidence, Draft draft, Moment moment) {
        Certificate one = evidence.one();
        Certificate other = evidence.other();
        VerifyingKey creator = one.creation().creator();
        long height = one.creation().height();
        boolean same =
                other.creation().creator().equals(creator)
                        && other.creation().height() == height
                        && other.header().previous().equals(one.header().previous());
        if (!same || other.hash().equals(one.hash())) {
            return Parsed.refused(
                    Fault.INVALID_VALUE, "these are not two blocks of one creator upon one");
        }
        Optional<NodeKey> key = Kept.key(draft, creator, height);
        if (key.isEmpty() || !isOf(key.get(), one) || !isOf(key.get(), other)) {
            return Parsed.refused(Fault.BAD_SIGNATURE, "the member did not sign both");
        }
        if (Kept.isDouble(draft, creator, height)) {
            return Parsed.refused(Fault.ALREADY_EXISTS, "that is known");
        }
        Bytes hashes = one.hash().bytes().concat(other.hash().bytes());
        Kept.keepDouble(draft, moment.position(), creator, height, hashes);
        return Parsed.of(Bytes.EMPTY);
    }

    private boolean isOf(NodeKey key, Certificate certificate) {
        return certificate.bound().isAccepted()
                && verifier.verify(
                        key,
                        Certificate.signed(
                                chain, certificate.creation().height(), certificate.hash()),
                        certificate.signature());
    }

    @Override
    public void close(Draft draft, Moment moment) {
        Position position = moment.position();
        Kept.made(draft, position, moment.creator());
        Rules before = Kept.rules(draft);
        Rules after = withoutSlack(before, draft, position.height());
        Optional<Proposal> last = Kept.proposal(draft);
        if (last.isPresent() && last.get().isOpen()) {
            after = voted(last.get(), after, draft, moment);
        }
        if (!after.equals(before)) {
            Kept.rules(draft, position, after);
            layDown(before, after, draft, position);
        }
    }

    /// Keeps what those signed with who leave or have another key from now on.
    private static void layDown(Rules before, Rules after, Draft draft, Position position) {
        for (Member member : before.members()) {
            boolean stays =
                    after.member(member.account())
                            .filter(it -> it.key().equals(member.key()))
                            .isPresent();
            if (!stays) {
                Kept.former(draft, position, member);
            }
        }
    }

    /// Who made no block for twice as many blocks as there are members, and was one all that time,
    /// is none any longer; those who rested longest leave first where not all may.
    private Rules withoutSlack(Rules rules, Draft draft, long height) {
        long since = height - 2L * rules.count();
        if (settings.slack() == Settings.Slack.STAYS || since < 0) {
            return rules;
        }
        List<Member> slack = new ArrayList<>();
        for (Member member : rules.members()) {
            if (member.joined() <= since && Kept.made(draft, member.account()) <= since) {
                slack.add(member);
            }
        }
        slack.sort(
                Comparator.<Member>comparingLong(each -> Kept.made(draft, each.account()))
                        .thenComparing(Member::account));
        int countMax = Math.max(0, rules.count() - settings.membersMin());
        List<Member> leaving = slack.subList(0, Math.min(countMax, slack.size()));
        if (leaving.isEmpty()) {
            return rules;
        }
        List<Member> rest = new ArrayList<>(rules.members());
        rest.removeAll(leaving);
        return rules.with(rest);
    }

    private Rules voted(Proposal open, Rules rules, Draft draft, Moment moment) {
        long height = moment.position().height();
        if (open.isExpired(moment.time())) {
            Kept.proposal(draft, moment.position(), open.ended(Proposal.Stage.EXPIRED, height));
            return rules;
        }
        if (!changes().possible(open.change(), rules).isAccepted()) {
            Kept.proposal(draft, moment.position(), open.ended(Proposal.Stage.VOID, height));
            return rules;
        }
        if (!open.isUnanimous(rules)) {
            return rules;
        }
        Kept.proposal(draft, moment.position(), open.ended(Proposal.Stage.EXECUTED, height));
        if (open.change() instanceof Change.Add(Member member, Bytes _)) {
            Account.admit(member.account(), draft, moment.position());
        }
        return Changes.changed(open.change(), rules, height);
    }
}
