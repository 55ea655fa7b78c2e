package org.entente.registry;

import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.Recovery;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The signed list that decides: whose keys count for how much, under which contracts (protocol.md
/// §2.4).
///
/// @param alliance zero in record 0, whose digest is the alliance's id
/// @param previous the digest of the record before, zero in record 0
/// @param struck keys that count zero in still open earlier ranges and stay in their total
public record EpochRecord(
        AllianceId alliance,
        long epoch,
        Digest previous,
        List<Integer> protocolVersions,
        RelayListing relay,
        List<Agent> agents,
        List<PartyAuthorities> authorities,
        List<ChainListing> chains,
        List<ContractListing> contracts,
        List<NodeContractListing> nodeContracts,
        Recovery recovery,
        List<VerifyingKey> struck) {
    public static final int SIZE_BYTES_MAX = 128 * 1024;
    public static final int AGENT_COUNT_MAX = 64;
    public static final int PARTY_COUNT_MAX = 64;
    public static final int CHAIN_COUNT_MAX = 64;
    public static final int CONTRACT_COUNT_MAX = 16;
    public static final int NODE_CONTRACT_COUNT_MAX = 256;
    public static final int STRUCK_COUNT_MAX = 256;
    public static final int PROTOCOL_VERSION = 1;
    private static final int PROTOCOL_VERSION_COUNT_MAX = 16;

    public static final Format<EpochRecord> FORMAT =
            new Format<>(
                    Purpose.EPOCH_RECORD, SIZE_BYTES_MAX, EpochRecord::write, EpochRecord::read);

    public EpochRecord {
        if ((epoch == 0) != alliance.equals(AllianceId.ZERO)
                || (epoch == 0) != previous.equals(Digest.ZERO)) {
            throw new IllegalArgumentException(
                    "record 0, and it alone, names no alliance and no previous record; this is"
                            + " record "
                            + epoch);
        }
        protocolVersions = ascending(protocolVersions, PROTOCOL_VERSION_COUNT_MAX, "versions");
        agents = ascending(agents, AGENT_COUNT_MAX, "agents");
        authorities = ascending(authorities, PARTY_COUNT_MAX, "authorities");
        chains = ascending(chains, CHAIN_COUNT_MAX, "chains");
        contracts = ascending(contracts, CONTRACT_COUNT_MAX, "contracts");
        nodeContracts = ascending(nodeContracts, NODE_CONTRACT_COUNT_MAX, "node contracts");
        struck = ascending(struck, STRUCK_COUNT_MAX, "struck keys");
    }

    public Digest digest() {
        return FORMAT.digest(this);
    }

    /// The alliance that this record belongs to or, as record 0, founds.
    public AllianceId id() {
        return epoch == 0 ? RecordIds.of(this) : alliance;
    }

    public long totalWeight() {
        return agents.stream().mapToLong(Agent::weight).sum();
    }

    public Optional<Agent> agent(NodeId id) {
        return agents.stream().filter(agent -> agent.id().equals(id)).findFirst();
    }

    public Optional<PartyAuthorities> authorities(OrganisationId organisation) {
        return authorities.stream()
                .filter(party -> party.organisation().equals(organisation))
                .findFirst();
    }

    public SortedSet<OrganisationId> parties() {
        return Sorted.copyOf(authorities.stream().map(PartyAuthorities::organisation).toList());
    }

    public Optional<ChainListing> chain(ChainId chain) {
        return chains.stream().filter(listing -> listing.chain().equals(chain)).findFirst();
    }

    public Optional<OrganisationId> owner(ChainId chain) {
        return chain(chain).map(ChainListing::owner);
    }

    public Optional<NodeContractListing> nodeContract(FlowName flow) {
        return nodeContracts.stream().filter(listing -> listing.flow().equals(flow)).findFirst();
    }

    private static <T extends Comparable<? super T>> List<T> ascending(
            List<T> items, int countMax, String what) {
        if (items.size() > countMax) {
            throw new IllegalArgumentException(
                    items.size() + " " + what + " where " + countMax + " are allowed");
        }
        Sorted.requireStrictlyAscending(items, what);
        return List.copyOf(items);
    }

    private static void write(Encoder encoder, EpochRecord record) {
        encoder.alliance(record.alliance)
                .u64(record.epoch)
                .digest(record.previous)
                .list(record.protocolVersions, Encoder::u16);
        RelayListing.write(encoder, record.relay);
        encoder.list(record.agents, Agent::write)
                .list(record.authorities, PartyAuthorities::write)
                .list(record.chains, ChainListing::write)
                .list(record.contracts, ContractListing::write)
                .list(record.nodeContracts, NodeContractListing::write);
        Recovery.write(encoder, record.recovery);
        encoder.list(record.struck, Encoder::key);
    }

    private static EpochRecord read(Decoder decoder) {
        return new EpochRecord(
                decoder.alliance(),
                decoder.u64(),
                decoder.digest(),
                decoder.list(PROTOCOL_VERSION_COUNT_MAX, Decoder::u16),
                RelayListing.read(decoder),
                decoder.list(AGENT_COUNT_MAX, Agent::read),
                decoder.list(PARTY_COUNT_MAX, PartyAuthorities::read),
                decoder.list(CHAIN_COUNT_MAX, ChainListing::read),
                decoder.list(CONTRACT_COUNT_MAX, ContractListing::read),
                decoder.list(NODE_CONTRACT_COUNT_MAX, NodeContractListing::read),
                Recovery.read(decoder),
                decoder.list(STRUCK_COUNT_MAX, Decoder::key));
    }
}
