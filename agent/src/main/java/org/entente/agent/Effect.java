package org.entente.agent;

import org.entente.protocol.Verdict;
import org.entente.protocol.link.ToRelay;

import java.util.List;

/// What a [Seat] wants done, in the order in which it says so. None waits for another: what depends
/// on a journal or an answer is only said once that came back as an [Event].
public sealed interface Effect {
    /// Write decisions and force them; then [Event.Journaled] with this number, or the process
    /// stops.
    record Journal(long upTo, List<Decision> decisions) implements Effect {
        public Journal {
            decisions = List.copyOf(decisions);
        }
    }

    /// Fetch records of the alliance's log from a serial on; then [Event.Followed] or
    /// [Event.Unfollowed].
    record Follow(long from) implements Effect {}

    /// Find an answer; then [Event.Answered].
    record Ask(long query, Question question) implements Effect {}

    /// Say something over the link, if it is open; else it is lost.
    record Say(ToRelay message) implements Effect {}

    /// Keep for the organisation's applications that an exchange was applied at one of its inboxes.
    record Receive(Received received) implements Effect {}

    /// Log a line.
    record Tell(Weight weight, String words) implements Effect {
        /// Whom it concerns.
        public enum Weight {
            /// The state changed.
            CHANGE,
            /// It may become an error.
            WARNING,
            /// A person must act.
            ERROR
        }
    }

    /// The seat signs nothing any more until a person has acted; said once.
    record Stop(Verdict.Rejected why) implements Effect {}
}
