package org.entente.relay;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.log.Sealed;
import org.entente.registry.contract.FlowName;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a [Desk] wants done, in this order. Each may be done again after a crash.
public sealed interface Effect {
    /// Appends the log's next record. Nobody waits for the disk here: [Event.Committed] says when
    /// it is forced, and only then the desk answers for it.
    record Append(EntryRecord record) implements Effect {}

    /// Keeps a promise. Nobody waits for the disk here: [Event.Kept] says when it is durable, and
    /// only then it is said.
    ///
    /// @param number how many were given before it, by this process and those before
    record Promise(long number, SignedPromise promise) implements Effect {}

    /// Says something to an agent, if its link is up.
    record Send(NodeId agent, ToAgent message) implements Effect {}

    /// Answers a ticket.
    record Answer(long ticket, Status status) implements Effect {}

    /// Answers a ticket: the submission gets a serial.
    record Accepted(long ticket, Digest submission, SignedPromise promise) implements Effect {}

    /// Answers a ticket: what was asked for stands in the log, forced.
    ///
    /// @param size of the log with it
    record Stands(long ticket, long size) implements Effect {}

    /// Answers a ticket.
    ///
    /// @param again when it can be asked again, where the fault alone does not say it
    record Refuse(long ticket, Verdict.Rejected why, Optional<Duration> again) implements Effect {
        public Refuse(long ticket, Verdict.Rejected why) {
            this(ticket, why, Optional.empty());
        }
    }

    /// Tells who waits for an exchange that one of its attempts has moved on.
    record Moved(Status status) implements Effect {}

    /// Keeps a seal of a majority, before anything that follows from it is done.
    record KeepSeal(Sealed sealed, Keep keep) implements Effect {}

    /// How long a seal is kept.
    enum Keep {
        /// Until the next one is kept.
        NEWEST,
        /// For ever: it ends an epoch, and its notice needs it.
        FOR_EVER
    }

    /// Keeps payloads that an ordered exchange needs, until they are released.
    record Hold(List<Digest> payloads) implements Effect {
        public Hold {
            payloads = List.copyOf(payloads);
        }
    }

    /// Payloads may go once the retention after settlement has passed.
    record Release(List<Digest> payloads) implements Effect {
        public Release {
            payloads = List.copyOf(payloads);
        }
    }

    /// Keeps what convicts an agent: two things that it signed and that exclude each other.
    record Convict(NodeId agent, Digest about, Bytes first, Bytes second) implements Effect {}

    /// One decision, for the operator's log.
    record Tell(
            String what,
            OptionalLong serial,
            Digest exchange,
            FlowName flow,
            Optional<Fault> fault,
            Duration elapsed)
            implements Effect {}

    /// Something about an agent that a person should see.
    record Warn(NodeId agent, String what) implements Effect {}

    /// The process must not go on.
    record Stop(String why) implements Effect {}
}
