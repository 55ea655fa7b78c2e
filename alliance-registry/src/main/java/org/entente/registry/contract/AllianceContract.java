package org.entente.registry.contract;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// Who may exchange what, under which rules (protocol.md §4.1): read from a file that people write
/// and sign. Its schema is `alliance-contract.schema.json`.
///
/// @param digest the SHA-256 of the exact file, as `sha256sum` shows it
/// @param agents the weight of each agent's seal and vote
/// @param amendment the weight that a next epoch record must exceed
public record AllianceContract(
        Digest digest,
        Name name,
        int version,
        Optional<String> title,
        SortedSet<OrganisationId> parties,
        SortedMap<NodeId, Long> agents,
        SortedMap<Name, Flow> flows,
        Threshold amendment,
        Recovery recovery,
        Validity validity) {
    public static final int SIZE_BYTES_MAX = 256 * 1024;

    /// With oneself one founds as many alliances as one likes, and each costs the relay a log.
    public static final int PARTY_COUNT_MIN = 2;

    public static final int PARTY_COUNT_MAX = 64;
    public static final int AGENT_COUNT_MAX = 64;
    public static final int FLOW_COUNT_MAX = 128;
    public static final long WEIGHT_MAX = 1_000_000;
    public static final int TITLE_SIZE_MAX = 200;

    /// From when until when exchanges may be asked for.
    public record Validity(Instant from, Instant until) {
        public Validity {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("until must lie after from");
            }
        }

        public boolean includes(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    public static Parsed<AllianceContract> parse(Bytes file) {
        return JsonFields.parse(
                file, SIZE_BYTES_MAX, fields -> AllianceContractReader.read(fields, file));
    }

    public long totalWeight() {
        return agents.values().stream().mapToLong(Long::longValue).sum();
    }

    public Optional<Flow> flow(Name flow) {
        return Optional.ofNullable(flows.get(flow));
    }
}
