package org.entente.chain.contract;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.util.SortedMap;

/// What an inbox contract applies: a delivery that an alliance's majority stands behind.
///
/// @param inbox its address
/// @param owner of the inbox contract
/// @param exchange the digest of its name
/// @param values by the keys under which they are delivered
public record Received(
        String inbox,
        VerifyingKey owner,
        AllianceId alliance,
        long serial,
        Digest exchange,
        SortedMap<Bytes, Bytes> values) {
    public Received {
        values = Sorted.copyOf(values);
    }
}
