package org.entente.registry;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Composes an epoch record from contracts and the registry (protocol.md §2.4): whoever composes
/// from the same files and the same registry gets the same bytes.
public final class RecordDraft {
    private final Registry registry;
    private final RelayListing relay;
    private final Optional<Charter> before;
    private final TreeMap<Name, AllianceContract> contracts = new TreeMap<>();
    private final TreeMap<FlowName, NodeContract> nodeContracts = new TreeMap<>();
    private final TreeMap<Digest, Bytes> contractFiles = new TreeMap<>();
    private final TreeMap<Digest, Bytes> nodeContractFiles = new TreeMap<>();

    private RecordDraft(Registry registry, RelayListing relay, Optional<Charter> before) {
        this.registry = registry;
        this.relay = relay;
        this.before = before;
    }

    /// Record 0 of a new alliance.
    public static Parsed<Change.RecordProposed> founding(
            Registry registry,
            RelayListing relay,
            List<Bytes> contracts,
            List<Bytes> nodeContracts) {
        return new RecordDraft(registry, relay, Optional.empty()).read(contracts, nodeContracts);
    }

    /// The record after the one in force. Files replace those of the same contract or flow; what is
    /// not replaced stays, except node contracts of flows that are gone.
    public static Parsed<Change.RecordProposed> amending(
            Registry registry, Charter charter, List<Bytes> contracts, List<Bytes> nodeContracts) {
        RecordDraft draft =
                new RecordDraft(registry, charter.record().relay(), Optional.of(charter));
        draft.contracts.putAll(charter.terms().contracts());
        draft.nodeContracts.putAll(charter.terms().nodeContracts());
        return draft.read(contracts, nodeContracts);
    }

    private Parsed<Change.RecordProposed> read(List<Bytes> files, List<Bytes> nodeFiles) {
        for (Bytes file : files) {
            switch (AllianceContract.parse(file)) {
                case Parsed.Refused<AllianceContract>(Verdict.Rejected why) -> {
                    return new Parsed.Refused<>(why);
                }
                case Parsed.Value<AllianceContract>(AllianceContract contract) -> {
                    contracts.put(contract.name(), contract);
                    contractFiles.put(contract.digest(), file);
                }
            }
        }
        for (Bytes file : nodeFiles) {
            switch (NodeContract.parse(file)) {
                case Parsed.Refused<NodeContract>(Verdict.Rejected why) -> {
                    return new Parsed.Refused<>(why);
                }
                case Parsed.Value<NodeContract>(NodeContract contract) -> {
                    nodeContracts.put(contract.flow(), contract);
                    nodeContractFiles.put(contract.digest(), file);
                }
            }
        }
        nodeContracts.keySet().removeIf(flow -> isGone(flow) && !isBrought(flow));
        return contracts.isEmpty()
                ? Parsed.refused(Fault.INVALID_VALUE, "no alliance contract among the files")
                : compose();
    }

    private boolean isGone(FlowName flow) {
        AllianceContract contract = contracts.get(flow.contract());
        return contract == null || contract.flow(flow.flow()).isEmpty();
    }

    /// A node contract for no flow that somebody named is a mistake to be told, not dropped.
    private boolean isBrought(FlowName flow) {
        NodeContract contract = nodeContracts.get(flow);
        return contract != null && nodeContractFiles.containsKey(contract.digest());
    }

    private Parsed<Change.RecordProposed> compose() {
        return agents().then(agents ->
                        authorities()
                                .then(parties ->
                                        chains().map(chains -> record(agents, parties, chains))))
                .map(record ->
                        Change.RecordProposed.of(
                                record, brought(contractFiles), brought(nodeContractFiles)));
    }

    private EpochRecord record(
            List<Agent> agents, List<PartyAuthorities> parties, List<ChainListing> chains) {
        Optional<EpochRecord> last = before.map(Charter::record);
        return new EpochRecord(
                before.map(Charter::id).orElse(AllianceId.ZERO),
                last.map(record -> record.epoch() + 1).orElse(0L),
                before.map(charter -> charter.terms().digest()).orElse(Digest.ZERO),
                List.of(EpochRecord.PROTOCOL_VERSION),
                relay,
                agents,
                parties,
                chains,
                contracts.values().stream()
                        .map(each ->
                                new ContractListing(each.name(), each.version(), each.digest()))
                        .toList(),
                nodeContracts.values().stream().map(NodeContractListing::of).toList(),
                contracts.firstEntry().getValue().recovery(),
                last.map(record -> struck(record, agents)).orElse(List.of()));
    }

    /// Keys struck before stay struck, but an agent's key in force cannot be among them.
    private static List<VerifyingKey> struck(EpochRecord last, List<Agent> agents) {
        return last.struck().stream()
                .filter(key -> agents.stream().noneMatch(agent -> agent.key().equals(key)))
                .toList();
    }

    /// Every contract must name the same agents; the check of the whole record says so, so here the
    /// first one that names an agent decides.
    private Parsed<List<Agent>> agents() {
        TreeMap<NodeId, Long> weights = new TreeMap<>();
        contracts.values().forEach(each -> each.agents().forEach(weights::putIfAbsent));
        List<Agent> agents = new ArrayList<>();
        for (Map.Entry<NodeId, Long> entry : weights.entrySet()) {
            RegisteredNode node = registry.nodes().get(entry.getKey());
            if (node == null) {
                return Parsed.refused(
                        Fault.UNKNOWN_NODE, "the agent " + entry.getKey() + " is not registered");
            }
            agents.add(new Agent(node.id(), node.certificate().key(), entry.getValue()));
        }
        return Parsed.of(agents);
    }

    private Parsed<List<PartyAuthorities>> authorities() {
        TreeSet<OrganisationId> parties = new TreeSet<>();
        contracts.values().forEach(each -> parties.addAll(each.parties()));
        List<PartyAuthorities> listings = new ArrayList<>();
        for (OrganisationId party : parties) {
            Organisation known = registry.organisations().get(party);
            if (known == null) {
                return Parsed.refused(
                        Fault.UNKNOWN_ORGANISATION, "the party " + party + " is not registered");
            }
            listings.add(RegistryCertificates.listing(known.newest()));
        }
        return Parsed.of(listings);
    }

    private Parsed<List<ChainListing>> chains() {
        TreeSet<ChainId> chains = new TreeSet<>();
        for (Flow flow : flows()) {
            chains.add(flow.source().chain());
            chains.add(flow.destination().chain());
        }
        List<ChainListing> listings = new ArrayList<>();
        for (ChainId chain : chains) {
            RegisteredChain known = registry.chains().get(chain);
            if (known == null) {
                return Parsed.refused(
                        Fault.UNKNOWN_CHAIN, "the chain " + chain + " is not registered");
            }
            listings.add(known.listing());
        }
        return Parsed.of(listings);
    }

    private List<Flow> flows() {
        return contracts.values().stream().flatMap(each -> each.flows().values().stream()).toList();
    }

    /// Only what the record in force does not have already.
    private List<Bytes> brought(SortedMap<Digest, Bytes> files) {
        SortedMap<Digest, Bytes> known =
                before.map(charter -> charter.terms().files()).orElse(Sorted.empty());
        Collection<Digest> listed = new TreeSet<>();
        contracts.values().forEach(each -> listed.add(each.digest()));
        nodeContracts.values().forEach(each -> listed.add(each.digest()));
        return files.entrySet().stream()
                .filter(entry -> listed.contains(entry.getKey()))
                .filter(entry -> !known.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
