package org.entente.agent;

import org.entente.adapter.Called;
import org.entente.adapter.Inbox;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.adapter.Snapshot;
import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Settlement;

import java.util.Optional;

/// What a [Question] came to.
public sealed interface Answer {
    /// To [Question.Keys].
    record Keys(Seen<Snapshot> seen) implements Answer {}

    /// To [Question.Head].
    record Head(Seen<Point> seen) implements Answer {}

    /// To [Question.Function].
    record Function(Seen<Called> seen) implements Answer {}

    /// To [Question.Upload]: all of them lie there.
    record Uploaded() implements Answer {}

    /// To [Question.Document].
    record Document(Bytes bytes) implements Answer {}

    /// To [Question.InboxAt].
    record InboxAt(Seen<Optional<Inbox>> seen) implements Answer {}

    /// To [Question.Prepare].
    record Prepared(org.entente.adapter.Prepared prepared) implements Answer {}

    /// To [Question.Send].
    record Sent(Sending sending) implements Answer {}

    /// To [Question.OutcomeAt].
    record OutcomeAt(Seen<Optional<Settlement>> seen) implements Answer {}

    /// To any: the world is in the way and nothing was learned.
    record Away(String why) implements Answer {}

    /// To any: whoever was asked refuses, and asking again does not help.
    record Refused(Verdict.Rejected why) implements Answer {}

    /// What a chain said, for an answer that is a chain's.
    default Optional<Seen<?>> said() {
        return switch (this) {
            case Keys(var seen) -> Optional.of(seen);
            case Head(var seen) -> Optional.of(seen);
            case Function(var seen) -> Optional.of(seen);
            case InboxAt(var seen) -> Optional.of(seen);
            case OutcomeAt(var seen) -> Optional.of(seen);
            case Uploaded _, Document _, Prepared _, Sent _, Away _, Refused _ -> Optional.empty();
        };
    }
}
