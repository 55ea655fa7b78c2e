package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is due at a time: devices that were silent too long, certificates that soon end. Changed in
/// place; time is that of blocks.
final class Alarm {
    static final Duration EXPIRING = Duration.ofDays(7);

    /// One thing that is looked at again at a time.
    private record Due(Instant at, Thing thing) implements Comparable<Due> {
        private static final Comparator<Due> ORDER =
                Comparator.comparing(Due::at).thenComparing(due -> due.thing.text());

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    private sealed interface Thing {
        String text();

        record Silence(Identifier device) implements Thing {
            @Override
            public String text() {
                return "device " + device;
            }
        }

        record End(Digest certificate) implements Thing {
            @Override
            public String text() {
                return "certificate " + certificate;
            }
        }
    }

    /// @param since when it spoke last, or was to begin
    /// @param until its time ends
    record Watched(
            Optional<OrganisationId> organisation,
            Optional<Duration> silenceMax,
            Instant since,
            Instant until,
            Voice voice) {
        private Watched heard(Instant now) {
            return new Watched(organisation, silenceMax, now, until, Voice.LISTENED_TO);
        }

        private Watched in(Voice next) {
            return new Watched(organisation, silenceMax, since, until, next);
        }

        Watched of(Optional<OrganisationId> next) {
            return new Watched(next, silenceMax, since, until, voice);
        }

        private Optional<Instant> deadline() {
            return voice == Voice.LISTENED_TO ? silenceMax.map(since::plus) : Optional.empty();
        }
    }

    /// Whether anybody waits for a device.
    enum Voice {
        NOT_AWAITED,
        LISTENED_TO,
        /// It was told that it is silent.
        MISSED
    }

    private record Certificate(Identifier device, Instant end) {}

    /// What became due.
    sealed interface Rung {
        record Silent(Identifier device, Optional<OrganisationId> organisation, Instant since)
                implements Rung {}

        record Ending(
                Identifier device,
                Optional<OrganisationId> organisation,
                Digest certificate,
                Instant end)
                implements Rung {}
    }

    private final TreeMap<Identifier, Watched> devices = new TreeMap<>();
    private final TreeMap<Digest, Certificate> certificates = new TreeMap<>();
    private final TreeSet<Due> dues = new TreeSet<>();

    Optional<Watched> find(Identifier device) {
        return Optional.ofNullable(devices.get(device));
    }

    void known(Identifier device, Watched watched) {
        devices.put(device, watched);
        schedule(device, watched);
    }

    void awaited(Identifier device, Instant now) {
        find(device)
                .ifPresent(it -> {
                    Instant since = it.since.isAfter(now) ? it.since : now;
                    known(device, it.heard(since));
                });
    }

    void ignored(Identifier device) {
        find(device).ifPresent(it -> devices.put(device, it.in(Voice.NOT_AWAITED)));
    }

    /// Looked at again when its time is over, so that who speaks often costs nothing.
    void heard(Identifier device, Instant now) {
        find(device)
                .ifPresent(it -> {
                    devices.put(device, it.heard(now));
                    if (it.voice == Voice.MISSED) {
                        schedule(device, it.heard(now));
                    }
                });
    }

    void certified(Identifier device, Digest certificate, Instant end) {
        certificates.put(certificate, new Certificate(device, end));
        dues.add(new Due(end.minus(EXPIRING), new Thing.End(certificate)));
    }

    void withdrawn(Digest certificate) {
        certificates.remove(certificate);
    }

    private void schedule(Identifier device, Watched watched) {
        watched.deadline().ifPresent(at -> dues.add(new Due(at, new Thing.Silence(device))));
    }

    /// What is due by now, each once.
    List<Rung> ring(Instant now) {
        List<Rung> rung = new ArrayList<>();
        while (!dues.isEmpty() && !now.isBefore(dues.first().at)) {
            switch (dues.removeFirst().thing) {
                case Thing.Silence(Identifier device) ->
                        find(device).ifPresent(it -> silence(device, it, now, rung));
                case Thing.End(Digest digest) ->
                        Optional.ofNullable(certificates.remove(digest))
                                .ifPresent(it ->
                                        rung.add(
                                                new Rung.Ending(
                                                        it.device,
                                                        find(it.device)
                                                                .flatMap(Watched::organisation),
                                                        digest,
                                                        it.end)));
            }
        }
        return rung;
    }

    private void silence(Identifier device, Watched it, Instant now, List<Rung> rung) {
        Optional<Instant> deadline = it.deadline();
        if (deadline.isEmpty() || !now.isBefore(it.until)) {
            return;
        }
        if (now.isBefore(deadline.get())) {
            schedule(device, it);
            return;
        }
        devices.put(device, it.in(Voice.MISSED));
        rung.add(new Rung.Silent(device, it.organisation, it.since));
    }
}
