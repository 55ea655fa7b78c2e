package org.entente.relay;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// How many requests a flow took within the last hour, by minutes (protocol.md §4.1, limits).
final class Rates {
    private static final long SECONDS = Duration.ofMinutes(1).toSeconds();
    private static final int MINUTES = 60;

    private final TreeMap<FlowName, TreeMap<Long, Long>> taken = new TreeMap<>();

    /// Counts one, if there is room for it.
    Verdict take(FlowName name, Flow flow, Instant now) {
        long minute = now.getEpochSecond() / SECONDS;
        TreeMap<Long, Long> minutes = taken.computeIfAbsent(name, _ -> new TreeMap<>());
        minutes.headMap(minute - MINUTES + 1).clear();
        long count = minutes.values().stream().mapToLong(Long::longValue).sum();
        if (count >= flow.limits().perHour()) {
            return Verdict.rejected(
                    Fault.RATE_LIMITED,
                    name + " takes " + flow.limits().perHour() + " requests per hour");
        }
        minutes.merge(minute, 1L, Long::sum);
        return Verdict.accepted();
    }

    /// When there is room again, of a flow that has none now: the oldest minute leaves the hour.
    Optional<Duration> again(FlowName name, Instant now) {
        return Optional.ofNullable(taken.get(name))
                .filter(minutes -> !minutes.isEmpty())
                .map(minutes -> Instant.ofEpochSecond((minutes.firstKey() + MINUTES) * SECONDS))
                .map(free -> Duration.between(now, free));
    }
}
