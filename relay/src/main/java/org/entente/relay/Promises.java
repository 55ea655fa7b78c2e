package org.entente.relay;

import org.entente.protocol.Digest;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The signed promises of serials: each is kept durably before it is said, so that the relay shows
/// it again after a restart and cannot deny one that it broke (protocol.md §6 ORDERED, §9.3).
final class Promises {
    private final Effects effects;
    private final Tracks tracks;

    /// Given and not yet durable, by number.
    private final TreeMap<Long, Given> unkept = new TreeMap<>();

    /// The newest for each submission.
    private final TreeMap<Digest, SignedPromise> kept = new TreeMap<>();

    /// What earlier processes gave and no entry has taken up yet, the oldest first.
    private final TreeMap<Digest, ArrayDeque<SignedPromise>> earlier = new TreeMap<>();

    private long next;

    private record Given(Track track, OptionalLong ticket, SignedPromise promise) {}

    Promises(Effects effects, Tracks tracks) {
        this.effects = effects;
        this.tracks = tracks;
    }

    /// Takes note of the next one that an earlier process gave.
    void remember(SignedPromise promise) {
        next++;
        kept.put(promise.promise().submission(), promise);
        earlier.computeIfAbsent(promise.promise().submission(), _ -> new ArrayDeque<>())
                .add(promise);
    }

    /// What was promised to an entry of the log before the process began; each copy has its own.
    Optional<SignedPromise> takeEarlier(Digest submission) {
        ArrayDeque<SignedPromise> left = earlier.get(submission);
        return left == null ? Optional.empty() : Optional.ofNullable(left.pollFirst());
    }

    Optional<SignedPromise> find(Digest submission) {
        return Optional.ofNullable(kept.get(submission));
    }

    /// @param ticket that is answered with it
    void give(Track track, OptionalLong ticket, SignedPromise promise) {
        unkept.put(next, new Given(track, ticket, promise));
        effects.add(new Effect.Promise(next, promise));
        next++;
    }

    /// Says what is durable now. Its submission may be further by then.
    void kept(long size) {
        while (!unkept.isEmpty() && unkept.firstKey() < size) {
            Given given = unkept.pollFirstEntry().getValue();
            Digest submission = given.promise.promise().submission();
            kept.put(submission, given.promise);
            Track track = given.track;
            Status promised = track.status().promised(given.promise);
            if (promised.hasReached(Status.State.SUBMITTED)) {
                track.is(promised);
            } else {
                tracks.move(track, promised.in(Status.State.SUBMITTED));
            }
            given.ticket.ifPresent(
                    ticket -> effects.add(new Effect.Accepted(ticket, submission, given.promise)));
        }
    }
}
