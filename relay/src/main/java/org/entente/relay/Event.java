package org.entente.relay;

import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Sealed;
import org.entente.registry.SignedChange;

import java.util.List;

/// What a [Desk] is told. A ticket is the number under which whoever asks waits for the answer.
public sealed interface Event {
    /// An application's request.
    record Posted(long ticket, Asked asked) implements Event {}

    /// A submission that somebody collected without us.
    record Submitted(long ticket, FullSequence full) implements Event {}

    /// What an agent said over its link; the connection proves who it is.
    record Heard(NodeId agent, ToRelay message) implements Event {}

    /// An agent's link is up, with the newest seal of a majority of this alliance that it knows, if
    /// it knows any.
    record Joined(NodeId agent, long term, List<Sealed> newest) implements Event {
        public Joined {
            newest = List.copyOf(newest);
        }
    }

    record Left(NodeId agent) implements Event {}

    /// The log is forced up to a size.
    record Committed(long size) implements Event {}

    /// So many promises are durable, those of earlier processes included.
    record Kept(long size) implements Event {}

    /// What the registry owes this alliance's log; it is there already as far as the log has it.
    ///
    /// @param from how many changes the registry owed before the first of these
    record Due(long ticket, int from, List<SignedChange> changes) implements Event {
        public Due {
            changes = List.copyOf(changes);
        }
    }

    /// An owner's wish that an exchange be cancelled.
    record Wished(long ticket, Cancellation cancellation, NodeSignature wish) implements Event {}

    /// Somebody's wish that a parked delivery be tried again.
    record Retried(long ticket, long serial) implements Event {}

    /// Time has passed.
    record Tick() implements Event {}
}
