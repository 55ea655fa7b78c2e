package org.entente.registry;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// A member chain as an epoch record lists it: whose resources an amendment touches must follow
/// from the record alone.
public record ChainListing(ChainId chain, OrganisationId owner, Digest genesis)
        implements Comparable<ChainListing> {

    static void write(Encoder encoder, ChainListing listing) {
        encoder.chain(listing.chain).organisation(listing.owner).digest(listing.genesis);
    }

    static ChainListing read(Decoder decoder) {
        return new ChainListing(decoder.chain(), decoder.organisation(), decoder.digest());
    }

    /// By chain alone: a chain is listed once.
    @Override
    public int compareTo(ChainListing other) {
        return chain.compareTo(other.chain);
    }
}
