package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.relay.Status;

/// Something that must always hold (architecture: what must always hold). Each is told what happens
/// as it happens, and throws a [Violation] at once.
interface Invariant {
    /// An agent's word leaves it.
    default void said(NodeId agent, ToRelay message) {}

    /// The relay's word leaves it.
    default void told(NodeId agent, ToAgent message) {}

    /// The relay's log has a next record, not yet forced.
    default void appended(EntryRecord record) {}

    /// The log is on disk up to a size, as a disk that does not lie has it.
    default void forced(long size) {}

    /// The relay has started again with a log of this size.
    default void restarted(long size) {}

    /// An inbox contract wrote what was brought to it.
    default void applied(ChainId chain, Delivery delivery) {}

    /// A client was told how its attempt stands.
    default void answered(Status status) {}

    default Violation violated(String what) {
        return new Violation(getClass().getSimpleName(), what);
    }
}
