package org.entente.agent;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.WriteSet;

import java.util.List;

/// What running a node contract gave.
///
/// @param values of the writes, in their order
record Executed(
        Digest nodeContract, ReadSet reads, WriteSet writes, List<Bytes> values, Bytes result) {
    Executed {
        values = List.copyOf(values);
    }

    Proposal proposal(Digest request, NodeId proposer) {
        return new Proposal(
                request,
                nodeContract,
                ReadSet.FORMAT.digest(reads),
                WriteSet.FORMAT.digest(writes),
                Digest.of(result),
                proposer);
    }
}
