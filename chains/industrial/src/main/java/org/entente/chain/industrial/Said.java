package org.entente.chain.industrial;

import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What sealers said at one height, each the first of its kind. Changed in place by one owner.
final class Said {
    /// So far ahead of the own view words are kept: what is further is said again.
    private static final int VIEWS_AHEAD_MAX = 32;

    private final TreeMap<Slot, Ballot> ballots = new TreeMap<>();

    private record Slot(int view, Ballot.Phase phase, VerifyingKey sealer)
            implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byView = Integer.compare(view, other.view);
            int byPhase = byView != 0 ? byView : phase.compareTo(other.phase);
            return byPhase != 0 ? byPhase : sealer.compareTo(other.sealer);
        }
    }

    private static Slot slot(Ballot ballot) {
        return new Slot(ballot.turn().view(), ballot.phase(), ballot.sealer());
    }

    static boolean isNear(Ballot ballot, int view) {
        return ballot.turn().view() <= view + VIEWS_AHEAD_MAX;
    }

    Optional<Ballot> before(Ballot ballot) {
        return Optional.ofNullable(ballots.get(slot(ballot)));
    }

    void add(Ballot ballot) {
        ballots.putIfAbsent(slot(ballot), ballot);
    }

    Optional<Ballot> by(VerifyingKey sealer, Ballot.Phase phase, int view) {
        return Optional.ofNullable(ballots.get(new Slot(view, phase, sealer)));
    }

    /// The primary's proposal and the others' PREPAREs of one header in one view.
    Prepared prepared(Turn turn, Digest header, VerifyingKey primary) {
        List<Ballot> found = new ArrayList<>();
        for (Ballot each : ballots.values()) {
            boolean counts =
                    each.sealer().equals(primary)
                            ? each.phase() == Ballot.Phase.PROPOSE
                            : each.phase() == Ballot.Phase.PREPARE;
            if (counts && each.turn().equals(turn) && each.header().equals(header)) {
                found.add(each);
            }
        }
        return new Prepared(turn, header, found);
    }

    /// The first header that a quorum committed, in whichever view.
    Optional<CommitCertificate> committed(int quorum) {
        TreeMap<Integer, TreeMap<Digest, TreeMap<VerifyingKey, Signature>>> counts =
                new TreeMap<>();
        for (Ballot each : ballots.values()) {
            if (each.phase() == Ballot.Phase.COMMIT) {
                TreeMap<VerifyingKey, Signature> signatures =
                        counts.computeIfAbsent(each.turn().view(), _ -> new TreeMap<>())
                                .computeIfAbsent(each.header(), _ -> new TreeMap<>());
                signatures.put(each.sealer(), each.signature());
                if (signatures.size() >= quorum) {
                    return Optional.of(certificate(each));
                }
            }
        }
        return Optional.empty();
    }

    private CommitCertificate certificate(Ballot like) {
        TreeMap<VerifyingKey, Signature> all = new TreeMap<>();
        ballots.values().stream()
                .filter(each ->
                        each.phase() == Ballot.Phase.COMMIT
                                && each.turn().equals(like.turn())
                                && each.header().equals(like.header()))
                .forEach(each -> all.put(each.sealer(), each.signature()));
        return new CommitCertificate(like.turn(), like.header(), all);
    }
}
