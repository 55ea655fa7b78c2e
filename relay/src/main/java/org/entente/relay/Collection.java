package org.entente.relay;

import org.entente.endorsement.Panel;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.registry.contract.NodeContract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One request on its way from a host to enough endorsers (protocol.md §6.3).
final class Collection {
    private final Track track;
    private final Asked asked;
    private final Digest request;
    private final NodeContract contract;
    private final Panel panel;

    /// In the order in which they are tried: the next attempt begins at the next host.
    private final List<NodeId> hosts;

    private final TreeSet<NodeId> triedHosts = new TreeSet<>();
    private final TreeMap<Digest, Ballot> ballots = new TreeMap<>();

    /// What each agent answered, for people.
    private final TreeMap<NodeId, String> answers = new TreeMap<>();

    private final TreeSet<Fault> faults = new TreeSet<>();
    private boolean anySilent;
    private Optional<NodeId> host = Optional.empty();
    private Optional<Ballot> current = Optional.empty();
    private Instant deadline;

    Collection(
            Track track,
            Asked asked,
            Digest request,
            NodeContract contract,
            Panel panel,
            Instant deadline) {
        this.track = track;
        this.asked = asked;
        this.request = request;
        this.contract = contract;
        this.panel = panel;
        this.deadline = deadline;
        this.hosts = rotated(contract.hosts(), asked.ask().request().attempt() - 1);
    }

    private static List<NodeId> rotated(List<NodeId> hosts, int by) {
        int first = by % hosts.size();
        List<NodeId> rotated = new ArrayList<>(hosts.subList(first, hosts.size()));
        rotated.addAll(hosts.subList(0, first));
        return List.copyOf(rotated);
    }

    Track track() {
        return track;
    }

    Asked asked() {
        return asked;
    }

    Bytes arguments() {
        return asked.arguments();
    }

    Digest request() {
        return request;
    }

    NodeContract contract() {
        return contract;
    }

    Panel panel() {
        return panel;
    }

    SortedMap<Digest, Ballot> ballots() {
        return ballots;
    }

    Optional<Ballot> ballot(Digest proposal) {
        return Optional.ofNullable(ballots.get(proposal));
    }

    Optional<NodeId> host() {
        return host;
    }

    Optional<Ballot> current() {
        return current;
    }

    boolean isDue(Instant now) {
        return !deadline.isAfter(now);
    }

    boolean isTried(NodeId node) {
        return triedHosts.contains(node);
    }

    boolean isAnyTried() {
        return !triedHosts.isEmpty();
    }

    boolean isAnyEndorsed() {
        return ballots.values().stream().anyMatch(ballot -> !ballot.vouches().isEmpty());
    }

    /// The next host that can be asked.
    Optional<NodeId> next(Conduct conduct) {
        return hosts.stream()
                .filter(node -> !triedHosts.contains(node) && conduct.isAvailable(node))
                .findFirst();
    }

    List<NodeId> untried() {
        return hosts.stream().filter(node -> !triedHosts.contains(node)).toList();
    }

    void asks(NodeId node, Instant until) {
        triedHosts.add(node);
        host = Optional.of(node);
        current = Optional.empty();
        deadline = until;
    }

    void votes(Ballot ballot, Instant until) {
        ballots.put(ballot.candidate().proposalDigest(), ballot);
        current = Optional.of(ballot);
        deadline = until;
    }

    void answered(NodeId node, String words) {
        answers.put(node, words);
    }

    void declined(NodeId node, Verdict.Rejected why) {
        answers.put(node, "declined: " + why);
        faults.add(why.fault());
    }

    void silent(NodeId node, String words) {
        answers.put(node, words);
        anySilent = true;
    }

    SortedSet<NodeId> agents() {
        TreeSet<NodeId> agents = new TreeSet<>(hosts);
        agents.addAll(panel.weights().keySet());
        return agents;
    }

    /// Why it failed: the fault that everyone named, when everyone named the same; else what is
    /// missing. The same bytes get the same answer from now on, so what asks for them again is
    /// none.
    Verdict.Rejected failure(Fault otherwise) {
        boolean agreed =
                faults.size() == 1
                        && !anySilent
                        && !isAnyEndorsed()
                        && faults.first() != Fault.DISAGREEMENT
                        && faults.first().retry() != Fault.Retry.SAME;
        String words =
                answers.entrySet().stream()
                        .map(answer -> answer.getKey() + " " + answer.getValue())
                        .collect(Collectors.joining("; "));
        return new Verdict.Rejected(agreed ? faults.first() : otherwise, words);
    }
}
