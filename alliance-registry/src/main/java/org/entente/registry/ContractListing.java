package org.entente.registry;

import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// An alliance contract as an epoch record lists it.
///
/// @param digest the SHA-256 of the exact file, as `sha256sum` shows it
public record ContractListing(Name name, int version, Digest digest)
        implements Comparable<ContractListing> {

    static void write(Encoder encoder, ContractListing listing) {
        encoder.name(listing.name).u32(listing.version).digest(listing.digest);
    }

    static ContractListing read(Decoder decoder) {
        return new ContractListing(decoder.name(), decoder.u32(), decoder.digest());
    }

    /// By name alone: an epoch has one version of a contract.
    @Override
    public int compareTo(ContractListing other) {
        return name.compareTo(other.name);
    }
}
