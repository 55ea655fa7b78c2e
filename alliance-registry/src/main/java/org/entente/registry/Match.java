package org.entente.registry;

import org.entente.protocol.ChainId;
import org.entente.protocol.OrganisationId;

/// An offer of one organisation that meets a want of another: the offered chain has the resource,
/// the wanting node is on another chain.
///
/// @param destination a chain of the wanting node, where the data would go
public record Match(FiledRequirement offer, FiledRequirement want, ChainId destination) {

    public OrganisationId offering() {
        return offer.requirement().node().organisation();
    }

    public OrganisationId wanting() {
        return want.requirement().node().organisation();
    }

    public ChainId source() {
        return offer.requirement().chain();
    }
}
