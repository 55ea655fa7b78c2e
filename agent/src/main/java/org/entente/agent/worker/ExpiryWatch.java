package org.entente.agent.worker;

import org.entente.agent.Ending;
import org.entente.agent.Organisation;
import org.entente.agent.pem.Identity;
import org.entente.runtime.metrics.Health;
import org.entente.runtime.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Warns 30, 7 and 1 days before the agent's certificate or a CA of its organisation ends, once
/// each, and shows the time that is left (protocol.md §2.6).
public final class ExpiryWatch implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Supplier<Organisation> organisation;
    private final Supplier<Identity> identity;
    private final InstantSource clock;
    private final Metrics metrics;
    private final SortedSet<String> measured = new TreeSet<>();
    private final SortedMap<String, Ending.Notice> told = new TreeMap<>();

    public ExpiryWatch(
            Supplier<Organisation> organisation,
            Supplier<Identity> identity,
            InstantSource clock,
            Metrics metrics) {
        this.organisation = organisation;
        this.identity = identity;
        this.clock = clock;
        this.metrics = metrics;
    }

    private List<Ending> endings() {
        return Ending.of(identity.get().certificate(), organisation.get().generations());
    }

    /// Down when something has ended; a warning says so in words and stays up.
    public Health.Answer health() {
        Instant now = clock.instant();
        Ending next = endings().stream().min(Comparator.comparing(Ending::notAfter)).orElseThrow();
        return next.notice(now) == Ending.Notice.ENDED
                ? Health.Answer.down(next.words(now))
                : Health.Answer.up(next.words(now));
    }

    @Override
    public Duration step() {
        Instant now = clock.instant();
        for (Ending ending : endings()) {
            if (measured.add(ending.subject())) {
                metrics.gauge(
                        "certificate_expires_seconds",
                        "seconds until a certificate ends",
                        "subject",
                        ending.subject(),
                        () -> left(ending.subject()));
            }
            Ending.Notice notice = ending.notice(now);
            Ending.Notice before = told.getOrDefault(ending.subject(), Ending.Notice.NONE);
            if (notice.compareTo(before) > 0) {
                LOG.atWarn()
                        .addKeyValue("subject", ending.subject())
                        .addKeyValue("notAfter", ending.notAfter())
                        .log(ending.words(now));
            }
            told.put(ending.subject(), notice);
        }
        return LOOK_EVERY;
    }

    /// A CA that a rotation replaced has no time left to show.
    private Number left(String subject) {
        return endings().stream()
                .filter(ending -> ending.subject().equals(subject))
                .findFirst()
                .<Number>map(ending -> ending.left(clock.instant()).toSeconds())
                .orElse(Double.NaN);
    }
}
