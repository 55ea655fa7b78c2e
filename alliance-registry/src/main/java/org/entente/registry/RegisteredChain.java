package org.entente.registry;

import org.entente.protocol.ChainId;
import org.entente.protocol.OrganisationId;

/// A chain in the registry.
///
/// @param since the serial at which it was added
public record RegisteredChain(Change.ChainAdded added, long since) {

    public ChainId id() {
        return added.chain();
    }

    public OrganisationId owner() {
        return added.owner();
    }

    /// As an epoch record lists it.
    public ChainListing listing() {
        return new ChainListing(added.chain(), added.owner(), added.genesis());
    }

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.CHAIN, id(), to -> to.bytes(Change.FORMAT.encode(added)).u64(since));
    }
}
