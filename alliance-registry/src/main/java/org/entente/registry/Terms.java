package org.entente.registry;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;
import org.entente.registry.contract.Threshold;
import org.entente.registry.policy.Policy;
import org.entente.registry.policy.Searches;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// An epoch record with the files it lists, read and found to agree with each other.
///
/// @param files the exact bytes of every file that the record lists, by digest
public record Terms(
        EpochRecord record,
        Digest digest,
        SortedMap<Name, AllianceContract> contracts,
        SortedMap<FlowName, NodeContract> nodeContracts,
        SortedMap<Digest, Bytes> files) {
    public Terms {
        contracts = Sorted.copyOf(contracts);
        nodeContracts = Sorted.copyOf(nodeContracts);
        files = Sorted.copyOf(files);
    }

    /// @param known the files of the record before, which a proposal does not repeat
    public static Parsed<Terms> read(
            Change.RecordProposed proposed, SortedMap<Digest, Bytes> known) {
        return reread(proposed, known)
                .then(terms ->
                        switch (terms.judged()) {
                            case Verdict.Rejected why -> new Parsed.Refused<>(why);
                            case Verdict.Accepted _ -> Parsed.of(terms);
                        });
    }

    /// What was read and accepted before: who can forge, which takes long, is not judged again.
    static Parsed<Terms> reread(Change.RecordProposed proposed, SortedMap<Digest, Bytes> known) {
        return EpochRecord.FORMAT
                .decode(proposed.record())
                .then(record -> new TermsReader(record, proposed, known).read());
    }

    /// Refuses the first flow that one alone could forge or that is too intricate.
    private Verdict judged() {
        Searches searches = new Searches();
        for (var flow : flows().entrySet()) {
            Verdict verdict =
                    policy(flow.getKey())
                            .map(policy -> policy.check(flow.getValue(), searches))
                            .orElseGet(Verdict::accepted);
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return Verdict.accepted();
    }

    public Optional<Flow> flow(FlowName name) {
        return Optional.ofNullable(contracts.get(name.contract()))
                .flatMap(contract -> contract.flow(name.flow()));
    }

    public SortedMap<FlowName, Flow> flows() {
        TreeMap<FlowName, Flow> flows = new TreeMap<>();
        contracts.forEach((contract, terms) ->
                terms.flows()
                        .forEach((flow, rules) -> flows.put(new FlowName(contract, flow), rules)));
        return Sorted.copyOf(flows);
    }

    /// The amendment rules of all contracts; each must be passed.
    public List<Threshold> amendment() {
        return contracts.values().stream().map(AllianceContract::amendment).toList();
    }

    /// Who can forge and who can block a flow's exchanges.
    public Optional<Policy> policy(FlowName flow) {
        AllianceContract contract = contracts.get(flow.contract());
        NodeContract nodeContract = nodeContracts.get(flow);
        if (contract == null || nodeContract == null) {
            return Optional.empty();
        }
        long total = record.totalWeight();
        long bound = amendment().stream().mapToLong(rule -> rule.bound(total)).max().orElse(total);
        return Optional.of(Policy.of(contract, nodeContract, bound));
    }

    /// The organisations that own a chain which the flow joins.
    public SortedSet<OrganisationId> owners(Flow flow) {
        TreeSet<OrganisationId> owners = new TreeSet<>();
        record.owner(flow.source().chain()).ifPresent(owners::add);
        record.owner(flow.destination().chain()).ifPresent(owners::add);
        return Sorted.copyOf(owners);
    }

    /// The organisations whose resources change when these terms give way to the next: the owners,
    /// before and after, of the chains of every flow that is added, removed or different, or that
    /// gets another node contract or another owner.
    public SortedSet<OrganisationId> touched(Terms next) {
        TreeSet<FlowName> names = new TreeSet<>(flows().keySet());
        names.addAll(next.flows().keySet());
        TreeSet<OrganisationId> touched = new TreeSet<>();
        for (FlowName name : names) {
            if (!sameFlow(name, next)) {
                flow(name).ifPresent(flow -> touched.addAll(owners(flow)));
                next.flow(name).ifPresent(flow -> touched.addAll(next.owners(flow)));
            }
        }
        return Sorted.copyOf(touched);
    }

    private boolean sameFlow(FlowName name, Terms next) {
        Optional<Flow> before = flow(name);
        return before.isPresent()
                && before.equals(next.flow(name))
                && record.nodeContract(name).equals(next.record.nodeContract(name))
                && sameOwner(before.get().source().chain(), next)
                && sameOwner(before.get().destination().chain(), next);
    }

    private boolean sameOwner(ChainId chain, Terms next) {
        return record.chain(chain).equals(next.record.chain(chain));
    }
}
