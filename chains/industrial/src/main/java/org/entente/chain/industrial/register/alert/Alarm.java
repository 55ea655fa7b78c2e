package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

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
    enum Voice implements Coded {
        NOT_AWAITED(1),
        LISTENED_TO(2),
        /// It was told that it is silent.
        MISSED(3);

        private final int code;

        Voice(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
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

    void write(Encoder encoder) {
        encoder.list(
                devices.entrySet(),
                (each, it) -> {
                    Identifier.write(each, it.getKey());
                    write(each, it.getValue());
                });
        encoder.list(
                certificates.entrySet(),
                (each, it) -> {
                    Identifier.write(each.digest(it.getKey()), it.getValue().device);
                    each.time(it.getValue().end);
                });
        encoder.list(
                dues,
                (each, it) -> {
                    each.time(it.at);
                    switch (it.thing) {
                        case Thing.Silence(Identifier device) ->
                                Identifier.write(each.u8(1), device);
                        case Thing.End(Digest certificate) -> each.u8(2).digest(certificate);
                    }
                });
    }

    private static void write(Encoder encoder, Watched it) {
        encoder.optional(it.organisation, Encoder::organisation)
                .optional(it.silenceMax, (each, time) -> each.u64(time.toSeconds()))
                .time(it.since)
                .time(it.until)
                .coded(it.voice);
    }

    static Alarm read(Decoder decoder) {
        Alarm alarm = new Alarm();
        alarm.devices.putAll(Lookout.map(decoder, "devices", Identifier::read, Alarm::watched));
        alarm.certificates.putAll(
                Lookout.map(
                        decoder,
                        "certificates",
                        Decoder::digest,
                        each -> new Certificate(Identifier.read(each), each.time())));
        List<Due> dues = decoder.list(Lookout.COUNT_MAX, Alarm::due);
        Sorted.requireStrictlyAscending(dues, "what is due");
        alarm.dues.addAll(dues);
        return alarm;
    }

    private static Watched watched(Decoder decoder) {
        return new Watched(
                decoder.optional(Decoder::organisation),
                decoder.optional(each -> Duration.ofSeconds(each.u64())),
                decoder.time(),
                decoder.time(),
                decoder.coded(Voice.class));
    }

    private static Due due(Decoder decoder) {
        Instant at = decoder.time();
        int kind = decoder.u8();
        return new Due(
                at,
                switch (kind) {
                    case 1 -> new Thing.Silence(Identifier.read(decoder));
                    case 2 -> new Thing.End(decoder.digest());
                    default -> throw new IllegalArgumentException("nothing due is " + kind);
                });
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
