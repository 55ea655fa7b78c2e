package org.entente.registry.contract;

import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.registry.payload.PayloadSchema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// One kind of exchange that an alliance contract allows (protocol.md §4.1).
///
/// @param payloadSchema what each value that is written must be like
/// @param finality for each of the two chains, when a block counts as final
/// @param deliverWithin by entry time, after which the exchange is cancelled
public record Flow(
        Name name,
        Source source,
        Destination destination,
        List<Requester> requesters,
        Optional<Condition> condition,
        Optional<PayloadSchema> payloadSchema,
        Limits limits,
        SortedMap<ChainId, Finality> finality,
        ReadCheck readCheck,
        Duration deliverWithin,
        SortedSet<Option> options) {

    /// Where data comes from.
    public record Source(ChainId chain, List<ResourcePattern> resources) {}

    /// Where data goes, through which inbox contract.
    public record Destination(ChainId chain, String inbox, List<ResourcePattern> resources) {}

    /// Who may ask: the issuing organisation and one of the certificate's roles must both match.
    public record Requester(OrganisationId organisation, Name role)
            implements Comparable<Requester> {
        @Override
        public int compareTo(Requester other) {
            int byOrganisation = organisation.compareTo(other.organisation);
            return byOrganisation != 0 ? byOrganisation : role.compareTo(other.role);
        }
    }

    /// How much may be asked.
    public record Limits(long payloadBytesMax, long perHour) {
        public static final long PAYLOAD_BYTES_MAX = 16L * 1024 * 1024;
        public static final long PER_HOUR_MAX = 1_000_000_000;
    }

    /// When a block of a chain counts as final.
    public sealed interface Finality {
        int BLOCKS_MAX = 1_000_000;

        /// So many blocks above it.
        record Depth(int blocks) implements Finality {}

        /// By the chain's own rule of this name.
        record Rule(Name name) implements Finality {}
    }

    /// What is checked about the versions of a chain's own keys after endorsement.
    public enum ReadCheck {
        /// A majority of the endorsers attests that they still hold.
        ATTESTED,
        /// They held when they were endorsed.
        SNAPSHOT
    }

    /// What a flow can ask for beside the rest.
    public enum Option {
        /// A transaction certificate serves one request.
        SINGLE_USE,
        /// One organisation alone may be able to forge, and every party knows.
        SOLE_AUTHORITY
    }

    public boolean has(Option option) {
        return options.contains(option);
    }

    public boolean touches(ChainId chain) {
        return source.chain().equals(chain) || destination.chain().equals(chain);
    }
}
