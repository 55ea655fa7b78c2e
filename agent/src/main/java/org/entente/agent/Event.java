package org.entente.agent;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.link.ToAgent;
import org.entente.registry.Inbox;

import java.util.List;
import java.util.SortedMap;

/// What a [Seat] is told.
public sealed interface Event {
    /// The relay said something.
    record Heard(ToAgent message) implements Event {}

    /// The link to the relay is open.
    record Linked() implements Event {}

    /// The link is gone; what was sent since the last answer may be lost.
    record Unlinked() implements Event {}

    /// The inbox contracts as the registry lists them now.
    record Listed(SortedMap<ChainId, Inbox> inboxes) implements Event {
        public Listed {
            inboxes = Sorted.copyOf(inboxes);
        }
    }

    /// Records of the alliance's log, as the relay gave them.
    ///
    /// @param from the serial of the first
    record Followed(long from, List<EntryRecord> records) implements Event {
        public Followed {
            records = List.copyOf(records);
        }
    }

    /// The relay gave no records.
    record Unfollowed(String why) implements Event {}

    /// What a question came to; each is answered once, or never after a crash.
    record Answered(long query, Answer answer) implements Event {}

    /// Everything up to this number of [Effect.Journal] is durable.
    record Journaled(long upTo) implements Event {}

    /// No more events wait: what was decided since the last one is journaled and signed together.
    record Drained() implements Event {}

    /// Time has passed.
    record Tick() implements Event {}
}
