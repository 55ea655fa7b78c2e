package org.entente.chain.por;

import org.entente.light.por.PorTag;
import org.entente.light.por.Rules;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/// What members are voting on, or voted on last: one at a time.
///
/// @param id of the transaction that proposed it
/// @param since the height of its block
/// @param yes whose consent is there, ascending
/// @param ended the height at which it ended; 0 while it is open
public record Proposal(
        Digest id,
        VerifyingKey proposer,
        Change change,
        long since,
        Instant until,
        List<VerifyingKey> yes,
        Stage stage,
        long ended) {
    public static final Format<Proposal> FORMAT =
            new Format<>(PorTag.PROPOSAL, 32 * 1024, Proposal::write, Proposal::read);

    /// How far it is.
    public enum Stage implements Coded {
        OPEN(1),
        EXECUTED(2),
        EXPIRED(3),

        /// A member said no.
        REJECTED(4),

        /// What it would change is no longer there, or cannot be changed so any longer.
        VOID(5);

        private final int code;

        Stage(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Proposal {
        yes = List.copyOf(yes);
        Sorted.requireStrictlyAscending(yes, "consents");
    }

    static Proposal opened(
            Digest id, VerifyingKey proposer, Words.Propose words, long height, Instant time) {
        Duration validity = words.validity();
        return new Proposal(
                id,
                proposer,
                words.change(),
                height,
                time.plus(validity),
                List.of(proposer),
                Stage.OPEN,
                0);
    }

    public boolean isOpen() {
        return stage == Stage.OPEN;
    }

    boolean isExpired(Instant now) {
        return isOpen() && now.isAfter(until);
    }

    Proposal with(VerifyingKey voter) {
        TreeSet<VerifyingKey> more = new TreeSet<>(yes);
        more.add(voter);
        return new Proposal(id, proposer, change, since, until, List.copyOf(more), stage, ended);
    }

    Proposal ended(Stage how, long height) {
        return new Proposal(id, proposer, change, since, until, yes, how, height);
    }

    /// Whether a member's word counts: of its own removal nobody is asked.
    boolean asks(VerifyingKey account) {
        return !(change instanceof Change.Remove(VerifyingKey leaving) && leaving.equals(account));
    }

    /// Whether all who are asked have agreed.
    public boolean isUnanimous(Rules rules) {
        return rules.members().stream()
                .map(each -> each.account())
                .filter(this::asks)
                .allMatch(yes::contains);
    }

    private static void write(Encoder encoder, Proposal proposal) {
        encoder.digest(proposal.id).key(proposal.proposer);
        Change.write(encoder, proposal.change);
        encoder.u64(proposal.since)
                .time(proposal.until)
                .list(proposal.yes, Encoder::key)
                .coded(proposal.stage)
                .u64(proposal.ended);
    }

    private static Proposal read(Decoder decoder) {
        return new Proposal(
                decoder.digest(),
                decoder.key(),
                Change.read(decoder),
                decoder.u64(),
                decoder.time(),
                decoder.list(Rules.MEMBER_COUNT_MAX, Decoder::key),
                decoder.coded(Stage.class),
                decoder.u64());
    }
}
