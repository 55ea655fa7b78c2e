package org.entente.relay;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.Panel;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Attestation;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.KeyVersion;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.link.AskedKeys;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.contract.Flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where a submission waits for the endorsers' word that the chains' own keys it read are still at
/// their versions, in its own flow and at most 500 ms (protocol.md §6, ORDERED).
final class Attesting {
    private final Means means;
    private final Sequencer sequencer;

    /// By submission digest; copies wait together.
    private final TreeMap<Digest, List<Case>> cases = new TreeMap<>();

    private static final class Case {
        private final Track track;
        private final Candidate candidate;
        private final Panel panel;
        private final Instant deadline;
        private final TreeMap<NodeId, Attestation> attestations = new TreeMap<>();
        private final TreeSet<NodeId> declined = new TreeSet<>();

        private Case(Track track, Candidate candidate, Panel panel, Instant deadline) {
            this.track = track;
            this.candidate = candidate;
            this.panel = panel;
            this.deadline = deadline;
        }

        /// Whether a majority said the same, or everyone who can has spoken.
        private boolean isDone(Conduct conduct) {
            TreeMap<String, Long> votes = new TreeMap<>();
            attestations.forEach((agent, attestation) ->
                    votes.merge(versions(attestation), panel.weight(agent), Long::sum));
            return votes.values().stream().anyMatch(panel::isPassedBy)
                    || panel.weights().keySet().stream()
                            .allMatch(agent ->
                                    attestations.containsKey(agent)
                                            || declined.contains(agent)
                                            || !conduct.isAvailable(agent));
        }

        private static String versions(Attestation attestation) {
            StringBuilder words = new StringBuilder();
            attestation
                    .chains()
                    .forEach(chain ->
                            chain.versions()
                                    .forEach(version ->
                                            words.append(chain.chain())
                                                    .append(version.key().hex())
                                                    .append(version.version())));
            return words.toString();
        }
    }

    Attesting(Means means, Sequencer sequencer) {
        this.means = means;
        this.sequencer = sequencer;
    }

    /// Takes a submission on its way to a serial, with a promise.
    ///
    /// @param ticket that is answered with the promise
    void enter(Track track, Candidate candidate, OptionalLong ticket, Instant now) {
        Evidence evidence = candidate.evidence();
        if (Evidence.FORMAT.encode(evidence).size() > Sequencer.EVIDENCE_SIZE_BYTES_MAX) {
            means.tracks()
                    .fail(
                            track,
                            new Verdict.Rejected(
                                    Fault.TOO_LARGE, "the evidence does not fit a record"),
                            now,
                            means.rules().remembering());
            return;
        }
        means.tracks().copy(candidate.submissionDigest());
        means.promises().give(track, ticket, means.promise(candidate.submissionDigest(), now));
        List<AskedKeys> keys = own(evidence);
        if (keys.isEmpty() || !isAttested(candidate) || !evidence.attestations().isEmpty()) {
            sequencer.order(candidate, track, now);
            return;
        }
        Panel panel =
                Panel.endorsers(
                        means.record(),
                        means.record().nodeContract(candidate.flow()).orElseThrow());
        Case waiting = new Case(track, candidate, panel, now.plus(means.rules().attesting()));
        cases.computeIfAbsent(candidate.submissionDigest(), _ -> new ArrayList<>()).add(waiting);
        means.send(
                panel.weights().keySet(),
                new ToAgent.Attest(means.id(), candidate.submissionDigest(), keys));
        if (waiting.isDone(means.conduct())) {
            close(candidate.submissionDigest(), now);
        }
    }

    private boolean isAttested(Candidate candidate) {
        return means.flow(candidate.flow())
                .filter(flow -> flow.readCheck() == Flow.ReadCheck.ATTESTED)
                .isPresent();
    }

    private static List<AskedKeys> own(Evidence evidence) {
        TreeMap<ChainId, List<Bytes>> keys = new TreeMap<>();
        for (Read read : evidence.readSet().reads()) {
            if (read.place().isOwn()) {
                keys.computeIfAbsent(read.place().chain(), _ -> new ArrayList<>())
                        .add(read.place().key());
            }
        }
        return keys.entrySet().stream()
                .map(each -> new AskedKeys(each.getKey(), each.getValue()))
                .toList();
    }

    void attested(NodeId from, ToRelay.Attested attested, Instant now) {
        List<Case> waiting = cases.get(attested.submission());
        if (waiting == null) {
            return;
        }
        Attestation attestation = attested.attestation();
        Case first = waiting.getFirst();
        Verdict verdict = holds(from, first, attested);
        if (verdict instanceof Verdict.Rejected why) {
            means.conduct().faulty(from, "attested with what does not hold: " + why);
            return;
        }
        waiting.forEach(each -> each.attestations.put(from, attestation));
        if (first.isDone(means.conduct())) {
            close(attested.submission(), now);
        }
    }

    private Verdict holds(NodeId from, Case waiting, ToRelay.Attested attested) {
        Attestation attestation = attested.attestation();
        if (!attestation.vouch().agent().equals(from)) {
            return Verdict.rejected(Fault.UNBOUND, "it vouches for " + attestation.vouch().agent());
        }
        if (!keys(attestation).equals(own(waiting.candidate.evidence()))) {
            return Verdict.rejected(Fault.UNBOUND, "it is about other keys than were asked for");
        }
        AttestedReads reads = new AttestedReads(attested.submission(), attestation.chains());
        return waiting.panel.holds(
                BatchRoot.ATTEST,
                AttestedReads.FORMAT.digest(reads),
                attestation.vouch(),
                means.verifier());
    }

    private static List<AskedKeys> keys(Attestation attestation) {
        return attestation.chains().stream()
                .filter(chain -> !chain.versions().isEmpty())
                .map(chain ->
                        new AskedKeys(
                                chain.chain(),
                                chain.versions().stream().map(KeyVersion::key).toList()))
                .toList();
    }

    void declined(NodeId from, ToRelay.Declined declined, Instant now) {
        List<Case> waiting = cases.get(declined.about());
        if (waiting == null || !waiting.getFirst().panel.weights().containsKey(from)) {
            return;
        }
        means.conduct().disagrees(from, "did not attest: " + declined.detail());
        waiting.forEach(each -> each.declined.add(from));
        if (waiting.getFirst().isDone(means.conduct())) {
            close(declined.about(), now);
        }
    }

    void tick(Instant now) {
        for (var each : List.copyOf(cases.entrySet())) {
            if (each.getValue().stream().anyMatch(one -> !one.deadline.isAfter(now))) {
                close(each.getKey(), now);
            }
        }
    }

    /// What was promised is ordered, though the epoch has changed under it.
    void epochChanged(Instant now) {
        List.copyOf(cases.keySet()).forEach(submission -> close(submission, now));
    }

    private void close(Digest submission, Instant now) {
        List<Case> done = cases.remove(submission);
        if (done != null) {
            done.forEach(each ->
                    sequencer.order(
                            fitting(each.candidate, List.copyOf(each.attestations.values())),
                            each.track,
                            now));
        }
    }

    /// As many attestations as fit a record.
    private static Candidate fitting(Candidate before, List<Attestation> attestations) {
        Candidate candidate = before.with(before.evidence().endorsements(), attestations);
        return attestations.isEmpty()
                        || estimate(candidate.evidence()) <= Sequencer.EVIDENCE_SIZE_BYTES_MAX
                ? candidate
                : fitting(before, attestations.subList(0, attestations.size() - 1));
    }

    private static int estimate(Evidence evidence) {
        try {
            return Evidence.FORMAT.encode(evidence).size();
        } catch (IllegalArgumentException tooLarge) {
            return Integer.MAX_VALUE;
        }
    }
}
