package org.entente.agent;

import org.entente.endorsement.Reach;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.link.ToAgent;

import java.util.List;

/// The first difference between a proposal and one's own run of the same node contract, in words.
final class Difference {
    private Difference() {}

    static Verdict between(ToAgent.Endorse proposed, Executed ours) {
        Proposal proposal = proposed.sequence().proposal();
        if (!proposal.nodeContract().equals(ours.nodeContract())) {
            return differs("the node contract is " + ours.nodeContract());
        }
        Verdict reads = reads(proposed.readSet().reads(), ours.reads().reads());
        return reads.and(() -> writes(proposed.writeSet().writes(), ours.writes().writes()))
                .and(() ->
                        proposal.result().equals(Digest.of(ours.result()))
                                ? Verdict.accepted()
                                : differs("the result is " + Digest.of(ours.result())));
    }

    private static Verdict reads(List<Read> theirs, List<Read> ours) {
        for (int index = 0; index < Math.min(theirs.size(), ours.size()); index++) {
            Read their = theirs.get(index);
            Read our = ours.get(index);
            if (!their.place().equals(our.place())) {
                return differs("read number " + index + " is " + Reach.words(our.place()));
            }
            if (!their.version().equals(our.version())) {
                return differs(
                        Reach.words(our.place())
                                + " is at "
                                + our.version()
                                + ", proposed is "
                                + their.version());
            }
            if (!their.value().equals(our.value())) {
                return differs(
                        Reach.words(our.place())
                                + " holds "
                                + our.value()
                                + ", proposed is "
                                + their.value());
            }
        }
        return theirs.size() == ours.size()
                ? Verdict.accepted()
                : differs(ours.size() + " keys are read, proposed are " + theirs.size());
    }

    private static Verdict writes(List<Write> theirs, List<Write> ours) {
        for (int index = 0; index < Math.min(theirs.size(), ours.size()); index++) {
            if (!theirs.get(index).equals(ours.get(index))) {
                return differs(
                        "write number "
                                + index
                                + " is "
                                + Reach.words(ours.get(index).place())
                                + " = "
                                + ours.get(index).value());
            }
        }
        return theirs.size() == ours.size()
                ? Verdict.accepted()
                : differs(ours.size() + " keys are written, proposed are " + theirs.size());
    }

    private static Verdict differs(String words) {
        return Verdict.rejected(Fault.DISAGREEMENT, "here " + words);
    }
}
