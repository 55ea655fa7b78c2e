package org.entente.endorsement;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.log.Settlement;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an alliance's log says of exchanges so far: which requests were ordered, which serial every
/// alliance key is at, what is still to be settled (protocol.md §6.1, §6.9).
///
/// It grows with the log and is asked for every submission, so it is changed in place: whoever
/// follows a log has one of its own, used by one thread at a time. Only checked entries are put in.
public final class ExchangeBook {
    /// How a request that was ordered fared.
    ///
    /// @param fault the number of its fault, 0 when VALID
    public record Ordered(long serial, int fault) {}

    /// An exchange that is VALID and not settled.
    ///
    /// @param endorsers who vouched for it
    /// @param deliverBy by entry time; after it anyone may have it cancelled
    public record Open(
            long serial,
            Digest exchange,
            FlowName name,
            Flow flow,
            List<Place> writes,
            List<NodeId> endorsers,
            Instant deliverBy,
            Cancel cancel) {
        public Open {
            writes = List.copyOf(writes);
            endorsers = List.copyOf(endorsers);
        }

        /// Whether a CANCEL entry names it.
        public enum Cancel {
            NOT_ENTERED,
            ENTERED
        }
    }

    /// The attempts of one exchange.
    ///
    /// @param highest the highest that was ordered
    /// @param valid the serial of the attempt that is VALID, unless it was refused or cancelled
    private record Attempts(int highest, OptionalLong valid, boolean applied) {}

    /// The serials that wrote one key and were not withdrawn.
    private static final class Serials {
        private final TreeMap<Long, Digest> live = new TreeMap<>();
        private OptionalLong applied = OptionalLong.empty();
    }

    /// A value that the alliance wrote, by the serial that wrote it.
    public record Written(long serial, Digest value) {}

    private final TreeMap<Digest, Ordered> requests = new TreeMap<>();
    private final TreeMap<Digest, Attempts> exchanges = new TreeMap<>();
    private final TreeMap<Digest, Digest> certificates = new TreeMap<>();
    private final TreeMap<Place, Serials> keys = new TreeMap<>();
    private final TreeMap<Long, Open> open = new TreeMap<>();

    /// The version that the alliance's log gives a key: the serial that wrote it (protocol.md
    /// §5.2).
    public static Version version(long serial) {
        return new Version.Present(
                Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(serial).array()));
    }

    public Optional<Ordered> ordered(Digest request) {
        return Optional.ofNullable(requests.get(request));
    }

    /// What stands in the way of an attempt at an exchange, if anything does.
    public Optional<Ruling> obstacle(Digest exchange, int attempt) {
        Attempts attempts = exchanges.get(exchange);
        if (attempts == null) {
            return Optional.empty();
        }
        return obstacle(attempts, attempt);
    }

    /// The request that used a certificate first.
    public Optional<Digest> userOf(Digest certificate) {
        return Optional.ofNullable(certificates.get(certificate));
    }

    /// The version that whoever writes the key must have read.
    public Version newest(Place place) {
        return newestWritten(place)
                .map(written -> version(written.serial))
                .orElseGet(Version.Absent::new);
    }

    /// What whoever writes the key must have read; empty: nothing that stands.
    public Optional<Written> newestWritten(Place place) {
        Serials serials = keys.get(place);
        return serials == null || serials.live.isEmpty()
                ? Optional.empty()
                : Optional.of(written(serials.live.lastEntry()));
    }

    /// What whoever only reads the key must have read; empty: nothing was applied.
    public Optional<Written> newestAppliedWritten(Place place) {
        Serials serials = keys.get(place);
        return serials == null || serials.applied.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(serials.live.floorEntry(serials.applied.getAsLong()))
                        .map(ExchangeBook::written);
    }

    private static Written written(Map.Entry<Long, Digest> entry) {
        return new Written(entry.getKey(), entry.getValue());
    }

    /// The version that whoever only reads the key must have read.
    public Version newestApplied(Place place) {
        return newestAppliedWritten(place)
                .map(written -> version(written.serial))
                .orElseGet(Version.Absent::new);
    }

    public Optional<Open> open(long serial) {
        return Optional.ofNullable(open.get(serial));
    }

    /// Everything VALID that is not settled, by serial.
    public SortedMap<Long, Open> open() {
        return Collections.unmodifiableSortedMap(open);
    }

    void ordered(long serial, int fault, Candidate candidate) {
        requests.putIfAbsent(candidate.requestDigest(), new Ordered(serial, fault));
        certificates.putIfAbsent(candidate.request().certificate(), candidate.requestDigest());
        Attempts before =
                exchanges.getOrDefault(
                        candidate.exchange(), new Attempts(0, OptionalLong.empty(), false));
        exchanges.put(
                candidate.exchange(),
                new Attempts(
                        Math.max(before.highest, candidate.request().attempt()),
                        fault == 0 ? OptionalLong.of(serial) : before.valid,
                        before.applied));
    }

    void opened(long serial, Candidate candidate, Flow flow, Instant time) {
        List<Write> written = candidate.evidence().writeSet().writes();
        for (Write write : written) {
            keys.computeIfAbsent(write.place(), _ -> new Serials()).live.put(serial, write.value());
        }
        List<Place> writes = written.stream().map(Write::place).toList();
        open.put(
                serial,
                new Open(
                        serial,
                        candidate.exchange(),
                        candidate.flow(),
                        flow,
                        writes,
                        candidate.evidence().endorsements().stream().map(Vouch::agent).toList(),
                        time.plus(flow.deliverWithin()),
                        Open.Cancel.NOT_ENTERED));
    }

    void cancelling(long serial) {
        Open it = required(serial);
        open.put(
                serial,
                new Open(
                        serial,
                        it.exchange,
                        it.name,
                        it.flow,
                        it.writes,
                        it.endorsers,
                        it.deliverBy,
                        Open.Cancel.ENTERED));
    }

    void settled(long serial, Settlement.End end) {
        Open it = required(serial);
        open.remove(serial);
        Attempts attempts = exchanges.get(it.exchange);
        if (attempts == null) {
            throw new IllegalStateException("serial " + serial + " is of no exchange");
        }
        boolean applied = end == Settlement.End.APPLIED;
        exchanges.put(
                it.exchange,
                new Attempts(
                        attempts.highest,
                        applied ? attempts.valid : OptionalLong.empty(),
                        applied || attempts.applied));
        it.writes.forEach(place -> settled(place, serial, applied));
    }

    private void settled(Place place, long serial, boolean applied) {
        Serials serials = keys.get(place);
        if (serials == null) {
            throw new IllegalStateException("serial " + serial + " did not write " + place);
        }
        if (!applied) {
            serials.live.remove(serial);
        } else if (serials.applied.isEmpty() || serials.applied.getAsLong() < serial) {
            serials.applied = OptionalLong.of(serial);
            // Older serials can never be the newest again.
            serials.live.headMap(serial).clear();
        }
    }

    private Open required(long serial) {
        Open it = open.get(serial);
        if (it == null) {
            throw new IllegalStateException("serial " + serial + " is not open");
        }
        return it;
    }

    private static Optional<Ruling> obstacle(Attempts attempts, int attempt) {
        if (attempts.applied) {
            return Optional.of(
                    Ruling.after(
                            attempts.valid.orElseThrow(),
                            Fault.EXCHANGE_APPLIED,
                            "the exchange is applied"));
        }
        if (attempt == attempts.highest) {
            return Optional.of(
                    Ruling.of(
                            Verdict.rejected(
                                    Fault.ATTEMPT_REUSED,
                                    "attempt " + attempt + " was another request")));
        }
        if (attempt < attempts.highest) {
            return Optional.of(
                    Ruling.of(
                            Verdict.rejected(
                                    Fault.ATTEMPT_OUTDATED,
                                    "attempt " + attempts.highest + " was ordered")));
        }
        return attempts.valid.isPresent()
                ? Optional.of(
                        Ruling.after(
                                attempts.valid.getAsLong(),
                                Fault.EXCHANGE_UNSETTLED,
                                "it is not settled"))
                : Optional.empty();
    }
}
