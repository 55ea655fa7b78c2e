package org.entente.relay;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// How far every attempt is that was ordered, is under way, or ended a short while ago.
final class Tracks {
    private final TreeMap<Digest, List<Track>> exchanges = new TreeMap<>();

    /// Those that are VALID and not settled, by serial.
    private final TreeMap<Long, Track> open = new TreeMap<>();

    /// How often each submission was admitted.
    private final TreeMap<Digest, Integer> copies = new TreeMap<>();

    /// Ended without a serial, in the order in which they are forgotten.
    private final ArrayDeque<Ended> ended = new ArrayDeque<>();

    private final Effects effects;

    private record Ended(Instant forgotten, Track track) {}

    Tracks(Effects effects) {
        this.effects = effects;
    }

    /// What an application sees of an exchange: its attempts, the oldest first.
    List<Status> of(Digest exchange) {
        return exchanges.getOrDefault(exchange, List.of()).stream().map(Track::status).toList();
    }

    Optional<Track> find(Digest exchange, int attempt) {
        return exchanges.getOrDefault(exchange, List.of()).stream()
                .filter(track -> track.status().attempt() == attempt)
                .findFirst();
    }

    Track begin(Status status, Instant now) {
        Track track = new Track(status, now);
        exchanges.computeIfAbsent(status.exchange(), _ -> new ArrayList<>()).add(track);
        return track;
    }

    /// Counts one more copy of a submission.
    int copy(Digest submission) {
        return copies.merge(submission, 1, Integer::sum);
    }

    int copies(Digest submission) {
        return copies.getOrDefault(submission, 0);
    }

    void move(Track track, Status next) {
        track.is(next);
        effects.add(new Effect.Moved(next));
    }

    void fail(Track track, Verdict.Rejected why, Instant now, Duration remembered) {
        ended.add(new Ended(now.plus(remembered), track));
        move(track, track.status().failed(why));
        tell("failed", track, Optional.of(why.fault()), now);
    }

    void opened(long serial, Track track) {
        open.put(serial, track);
    }

    Optional<Track> open(long serial) {
        return Optional.ofNullable(open.get(serial));
    }

    /// Everything up to a size is sealed.
    void sealed(long size) {
        for (Track track : List.copyOf(open.headMap(size).values())) {
            if (track.status().state() == Status.State.COMMITTED) {
                move(track, track.status().in(Status.State.SEALED));
            }
        }
    }

    void delivering(long serial) {
        open(serial)
                .filter(track -> track.status().state() == Status.State.SEALED)
                .ifPresent(track -> move(track, track.status().in(Status.State.DELIVERING)));
    }

    /// @param at the serial of the SETTLED entry, which is sealed
    void settled(Settlement settlement, long at, Instant now) {
        Track track = open.remove(settlement.serial());
        if (track == null) {
            return;
        }
        move(track, settledStatus(track.status(), settlement, at));
        effects.add(new Effect.Release(track.payloads()));
        track.are(List.of());
        tell("settled", track, Fault.numbered(settlement.fault()), now);
    }

    private static Status settledStatus(Status status, Settlement settlement, long at) {
        Status.End end =
                switch (settlement.end()) {
                    case APPLIED -> Status.End.APPLIED;
                    case REFUSED -> Status.End.REFUSED;
                    case CANCELLED -> Status.End.CANCELLED;
                };
        Optional<Verdict.Rejected> why =
                Fault.numbered(settlement.fault())
                        .map(fault -> new Verdict.Rejected(fault, "the inbox refused it"));
        return status.settled(end, at, why);
    }

    void tell(String what, Track track, Optional<Fault> fault, Instant now) {
        Status status = track.status();
        effects.add(
                new Effect.Tell(
                        what,
                        status.serial(),
                        status.exchange(),
                        status.flow(),
                        fault,
                        Duration.between(track.begun(), now)));
    }

    /// Forgets what ended long ago without a serial.
    void forget(Instant now) {
        while (!ended.isEmpty() && !ended.getFirst().forgotten.isAfter(now)) {
            Track track = ended.removeFirst().track;
            Digest exchange = track.status().exchange();
            List<Track> left = exchanges.getOrDefault(exchange, new ArrayList<>());
            left.remove(track);
            if (left.isEmpty()) {
                exchanges.remove(exchange);
            }
        }
    }
}
