package org.entente.registry;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads the files that an epoch record lists and checks that record and files say the same. The
/// first disagreement is the refusal.
final class TermsReader {
    private final EpochRecord record;
    private final Change.RecordProposed proposed;
    private final SortedMap<Digest, Bytes> known;
    private final TreeMap<Digest, Bytes> brought = new TreeMap<>();
    private final TreeMap<Name, AllianceContract> contracts = new TreeMap<>();
    private final TreeMap<FlowName, NodeContract> nodeContracts = new TreeMap<>();
    private final TreeMap<Digest, Bytes> files = new TreeMap<>();
    private Optional<Verdict.Rejected> refusal = Optional.empty();

    TermsReader(
            EpochRecord record, Change.RecordProposed proposed, SortedMap<Digest, Bytes> known) {
        this.record = record;
        this.proposed = proposed;
        this.known = known;
        proposed.contracts().forEach(file -> brought.put(Digest.of(file), file));
        proposed.nodeContracts().forEach(file -> brought.put(Digest.of(file), file));
    }

    Parsed<Terms> read() {
        List<Runnable> checks =
                List.of(
                        this::keys,
                        this::contracts,
                        this::nodeContracts,
                        this::parties,
                        this::flows,
                        this::brought);
        for (Runnable check : checks) {
            check.run();
            if (refusal.isPresent()) {
                return new Parsed.Refused<>(refusal.get());
            }
        }
        return Parsed.of(
                new Terms(record, Digest.of(proposed.record()), contracts, nodeContracts, files));
    }

    /// A key that stands for two agents would count twice.
    private void keys() {
        require(
                record.protocolVersions().contains(EpochRecord.PROTOCOL_VERSION),
                "protocol version " + EpochRecord.PROTOCOL_VERSION + " is not among the record's");
        SortedSet<VerifyingKey> keys = new TreeSet<>();
        for (Agent agent : record.agents()) {
            require(keys.add(agent.key()), agent.id() + " has the key of another agent");
            require(!record.struck().contains(agent.key()), agent.id() + " has a struck key");
        }
        SortedSet<VerifyingKey> recovering = new TreeSet<>(record.recovery().keys().values());
        require(
                recovering.size() == record.recovery().keys().size(),
                "two recovery keys are the same");
    }

    private void contracts() {
        require(!record.contracts().isEmpty(), "the record lists no contract");
        for (ContractListing listing : record.contracts()) {
            if (refusal.isPresent()) {
                return;
            }
            Optional<AllianceContract> read =
                    taken(file(listing.digest()).then(AllianceContract::parse));
            if (read.isPresent()) {
                AllianceContract contract = read.get();
                require(
                        contract.name().equals(listing.name())
                                && contract.version() == listing.version(),
                        "the file of "
                                + listing.name()
                                + " "
                                + listing.version()
                                + " is "
                                + contract.name()
                                + " "
                                + contract.version());
                contracts.put(listing.name(), contract);
            }
        }
    }

    private void nodeContracts() {
        for (NodeContractListing listing : record.nodeContracts()) {
            if (refusal.isPresent()) {
                return;
            }
            Optional<NodeContract> read = taken(file(listing.digest()).then(NodeContract::parse));
            if (read.isPresent()) {
                require(
                        read.get().flow().equals(listing.flow()),
                        "the node contract of "
                                + listing.flow()
                                + " is written for "
                                + read.get().flow());
                require(
                        NodeContractListing.of(read.get()).equals(listing),
                        "the record lists other endorsers or another threshold of "
                                + listing.flow()
                                + " than its node contract");
                nodeContracts.put(listing.flow(), read.get());
            }
        }
    }

    private void parties() {
        TreeSet<OrganisationId> parties = new TreeSet<>();
        TreeMap<NodeId, Long> agents = new TreeMap<>();
        record.agents().forEach(agent -> agents.put(agent.id(), agent.weight()));
        for (AllianceContract contract : contracts.values()) {
            parties.addAll(contract.parties());
            require(
                    contract.agents().equals(agents),
                    "agents and weights differ between the record and " + contract.name());
            require(
                    contract.recovery().equals(record.recovery()),
                    "recovery differs between the record and " + contract.name());
        }
        require(
                record.parties().equals(parties),
                "the record lists " + record.parties() + ", the contracts " + parties);
        for (ChainListing chain : record.chains()) {
            require(
                    parties.contains(chain.owner()),
                    chain.owner() + ", owner of " + chain.chain() + ", is no party");
        }
    }

    private void flows() {
        TreeSet<FlowName> names = new TreeSet<>();
        for (AllianceContract contract : contracts.values()) {
            for (Flow flow : contract.flows().values()) {
                FlowName name = new FlowName(contract.name(), flow.name());
                names.add(name);
                listed(name, flow.source().chain());
                listed(name, flow.destination().chain());
                NodeContract nodeContract = nodeContracts.get(name);
                if (nodeContract == null) {
                    refuse(Fault.INVALID_VALUE, "the flow " + name + " has no node contract");
                } else {
                    nodes(name, nodeContract);
                }
            }
        }
        for (FlowName name : nodeContracts.keySet()) {
            if (!names.contains(name)) {
                refuse(Fault.UNKNOWN_FLOW, "a node contract for " + name + ", which is no flow");
            }
        }
    }

    private void listed(FlowName flow, ChainId chain) {
        if (record.owner(chain).isEmpty()) {
            refuse(
                    Fault.UNKNOWN_CHAIN,
                    "the flow " + flow + " names " + chain + ", which the record does not list");
        }
    }

    /// Only agents have keys that count, so nobody else can have a part.
    private void nodes(FlowName flow, NodeContract contract) {
        List<NodeId> nodes = new ArrayList<>(contract.hosts());
        nodes.addAll(contract.endorsers().keySet());
        nodes.addAll(contract.deliverers());
        nodes.addAll(contract.observers().keySet());
        for (NodeId node : nodes) {
            if (record.agent(node).isEmpty()) {
                refuse(
                        Fault.UNKNOWN_NODE,
                        "the node contract of " + flow + " names " + node + ", which is no agent");
            }
        }
    }

    /// What a proposal brings is exactly what is missing, so that one record has one proposal.
    private void brought() {
        for (Digest digest : brought.keySet()) {
            require(
                    files.containsKey(digest) && !known.containsKey(digest),
                    "the file " + digest + " is not asked for");
        }
    }

    private Parsed<Bytes> file(Digest digest) {
        Bytes file = brought.containsKey(digest) ? brought.get(digest) : known.get(digest);
        if (file == null) {
            return Parsed.refused(Fault.INVALID_VALUE, "the file " + digest + " is missing");
        }
        files.put(digest, file);
        return Parsed.of(file);
    }

    private <T> Optional<T> taken(Parsed<T> parsed) {
        refuse(parsed.verdict());
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> Optional.of(value);
            case Parsed.Refused<T> _ -> Optional.empty();
        };
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            refuse(Fault.INVALID_VALUE, otherwise);
        }
    }

    private void refuse(Fault fault, String detail) {
        refuse(Verdict.rejected(fault, detail));
    }

    private void refuse(Verdict verdict) {
        if (refusal.isEmpty() && verdict instanceof Verdict.Rejected rejected) {
            refusal = Optional.of(rejected);
        }
    }
}
