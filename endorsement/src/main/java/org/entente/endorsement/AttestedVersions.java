package org.entente.endorsement;

import org.entente.certs.Verifier;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Attestation;
import org.entente.protocol.exchange.AttestedChain;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.KeyVersion;
import org.entente.protocol.exchange.Moved;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether the versions of the chains' own keys still held after endorsement, by the word of a
/// majority of the endorsers (protocol.md §7, rule 8).
record AttestedVersions(Panel panel, Verifier verifier) {

    Ruling rule(Candidate candidate) {
        List<Read> own =
                candidate.evidence().readSet().reads().stream()
                        .filter(read -> read.place().isOwn())
                        .toList();
        List<Attestation> attestations = candidate.evidence().attestations();
        for (int index = 0; index < attestations.size(); index++) {
            Verdict verdict = holds(candidate.submissionDigest(), attestations.get(index));
            if (verdict instanceof Verdict.Rejected(Fault fault, String detail)) {
                return Ruling.of(
                        Verdict.rejected(fault, "attestation number " + index + ": " + detail));
            }
        }
        return own.isEmpty() ? Ruling.VALID : count(own, attestations);
    }

    private Ruling count(List<Read> own, List<Attestation> attestations) {
        List<Moved> moved = new ArrayList<>();
        Optional<Place> unconfirmed = Optional.empty();
        for (Read read : own) {
            SortedMap<Seen, Long> votes = votes(read.place(), attestations);
            if (!panel.isPassedBy(votes.getOrDefault(new Seen(read.version()), 0L))) {
                Optional<Version> other = elected(votes);
                if (other.isPresent()) {
                    moved.add(new Moved(read.place(), read.version(), other.get()));
                } else if (unconfirmed.isEmpty()) {
                    unconfirmed = Optional.of(read.place());
                }
            }
        }
        if (!moved.isEmpty()) {
            return Ruling.stale(moved);
        }
        return unconfirmed
                .map(place ->
                        Ruling.of(Verdict.rejected(Fault.READ_UNCONFIRMED, Reach.words(place))))
                .orElse(Ruling.VALID);
    }

    private Verdict holds(Digest submission, Attestation attestation) {
        Digest seen =
                AttestedReads.FORMAT.digest(new AttestedReads(submission, attestation.chains()));
        return panel.holds(BatchRoot.ATTEST, seen, attestation.vouch(), verifier);
    }

    /// A version in an order of its own, so that votes can be counted.
    private record Seen(Version version) implements Comparable<Seen> {
        @Override
        public int compareTo(Seen other) {
            return words().compareTo(other.words());
        }

        private String words() {
            return switch (version) {
                case Version.Absent() -> "";
                case Version.Present(var bytes) -> bytes.hex();
            };
        }
    }

    private SortedMap<Seen, Long> votes(Place place, List<Attestation> attestations) {
        TreeMap<Seen, Long> votes = new TreeMap<>();
        for (Attestation attestation : attestations) {
            NodeId endorser = attestation.vouch().agent();
            seen(place.chain(), place, attestation)
                    .ifPresent(version ->
                            votes.merge(new Seen(version), panel.weight(endorser), Long::sum));
        }
        return votes;
    }

    private static Optional<Version> seen(ChainId chain, Place place, Attestation attestation) {
        return attestation.chains().stream()
                .filter(each -> each.chain().equals(chain))
                .map(AttestedChain::versions)
                .flatMap(List::stream)
                .filter(each -> each.key().equals(place.key()))
                .map(KeyVersion::version)
                .findFirst();
    }

    private Optional<Version> elected(SortedMap<Seen, Long> votes) {
        return votes.entrySet().stream()
                .filter(vote -> panel.isPassedBy(vote.getValue()))
                .map(vote -> vote.getKey().version())
                .findFirst();
    }
}
