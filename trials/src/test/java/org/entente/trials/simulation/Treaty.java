package org.entente.trials.simulation;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.Agent;
import org.entente.registry.ChainListing;
import org.entente.registry.Change;
import org.entente.registry.ContractListing;
import org.entente.registry.EpochRecord;
import org.entente.registry.NodeContractListing;
import org.entente.registry.RegistryCertificates;
import org.entente.registry.RelayListing;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;
import org.entente.registry.contract.Recovery;
import org.entente.registry.fixture.Member;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What the alliance agreed on: a flow from the first member's chain to the second's and one back.
///
/// @param weights of the members' agents, by organisation; who has none is no party
/// @param version of the contract
/// @param struck keys that count for nothing any more
record Treaty(
        Cast cast,
        SortedMap<OrganisationId, Long> weights,
        int version,
        ReadCheck readCheck,
        String deliverWithin,
        List<VerifyingKey> struck) {
    static final String INBOX = "inbox";
    static final FlowName ORDERS = new FlowName(new Name("trade"), new Name("orders"));
    static final FlowName GOODS = new FlowName(new Name("trade"), new Name("goods"));

    /// How the versions of a chain's own keys are judged.
    enum ReadCheck {
        ATTESTED,
        SNAPSHOT
    }

    Treaty {
        weights = Sorted.copyOf(weights);
        struck = List.copyOf(struck);
    }

    List<Member> parties() {
        return cast.members().stream().filter(each -> weights.containsKey(each.id())).toList();
    }

    ChainId orders() {
        return cast.members().getFirst().chain();
    }

    ChainId goods() {
        return cast.members().get(1).chain();
    }

    Treaty with(SortedMap<OrganisationId, Long> others, List<VerifyingKey> out) {
        return new Treaty(cast, others, version + 1, readCheck, deliverWithin, out);
    }

    private String contract() {
        return """
        {"name": "trade", "version": %d, "title": "Trade",
         "parties": [%s],
         "agents": {%s},
         "flows": [%s, %s],
         "amendment": {"threshold": "1/2"},
         "validity": {"from": "2026-11-01T00:00:00Z", "until": "2027-11-01T00:00:00Z"}}
        """
                .formatted(
                        version,
                        weights.keySet().stream()
                                .map(each -> "\"" + each + "\"")
                                .collect(Collectors.joining(", ")),
                        agents(),
                        flow(ORDERS, orders(), goods(), cast.members().getFirst()),
                        flow(GOODS, goods(), orders(), cast.members().get(1)));
    }

    private String flow(FlowName name, ChainId from, ChainId to, Member asks) {
        return """
        {"name": "%s",
         "source": {"chain": "%s", "resources": ["%s/**"]},
         "destination": {"chain": "%s", "inbox": "%s", "resources": ["%s/*"]},
         "requesters": [{"organisation": "%s", "role": "clerk"}],
         "limits": {"payloadBytesMax": 65536, "perHour": 1000000},
         "finality": {"%s": "final", "%s": "final"},
         "readCheck": "%s",
         "deliverWithin": "%s"}
        """
                .formatted(
                        name.flow(),
                        from,
                        name.flow(),
                        to,
                        INBOX,
                        name.flow(),
                        asks.id(),
                        from,
                        to,
                        readCheck.name().toLowerCase(java.util.Locale.ROOT),
                        deliverWithin);
    }

    private String agents() {
        return parties().stream()
                .map(member -> "\"" + member.agent() + "\": " + weights.get(member.id()))
                .collect(Collectors.joining(", "));
    }

    /// Hosted by the source chain's owner, else by the third member.
    private String nodeContract(FlowName name) {
        Member first = name.equals(ORDERS) ? cast.members().getFirst() : cast.members().get(1);
        return """
        {"contract": "trade", "flow": "%s", "hosts": ["%s", "%s"],
         "program": {"kind": "copy"}, "endorsers": {%s}}
        """
                .formatted(name.flow(), first.agent(), cast.members().get(2).agent(), agents());
    }

    EpochRecord first() {
        return record(AllianceId.ZERO, 0, Digest.ZERO);
    }

    EpochRecord after(EpochRecord before) {
        return record(before.id(), before.epoch() + 1, before.digest());
    }

    private EpochRecord record(AllianceId alliance, long epoch, Digest previous) {
        List<Agent> agents = new ArrayList<>();
        parties().forEach(each -> agents.add(each.agent(weights.getOrDefault(each.id(), 1L))));
        return new EpochRecord(
                alliance,
                epoch,
                previous,
                List.of(1),
                new RelayListing("https://relay.example", cast.relay().key()),
                agents.stream().sorted().toList(),
                parties().stream()
                        .map(each -> RegistryCertificates.listing(each.generation().authorities()))
                        .sorted()
                        .toList(),
                parties().stream().map(Treaty::listing).sorted().toList(),
                List.of(
                        new ContractListing(
                                new Name("trade"), version, Digest.of(Bytes.utf8(contract())))),
                nodeFiles().stream()
                        .map(file -> NodeContractListing.of(NodeContract.parse(file).orThrow()))
                        .sorted()
                        .toList(),
                Recovery.NONE,
                struck.stream().sorted().toList());
    }

    private static ChainListing listing(Member member) {
        Change.ChainAdded added = member.chainChange();
        return new ChainListing(added.chain(), added.owner(), added.genesis());
    }

    private List<Bytes> nodeFiles() {
        return List.of(Bytes.utf8(nodeContract(GOODS)), Bytes.utf8(nodeContract(ORDERS)));
    }

    Change.RecordProposed proposal(EpochRecord next) {
        return Change.RecordProposed.of(next, List.of(Bytes.utf8(contract())), nodeFiles());
    }

    Change.RecordProposed proposalAfter(EpochRecord before) {
        List<Digest> known =
                before.nodeContracts().stream().map(NodeContractListing::digest).toList();
        return Change.RecordProposed.of(
                after(before),
                List.of(Bytes.utf8(contract())),
                nodeFiles().stream().filter(file -> !known.contains(Digest.of(file))).toList());
    }
}
