package org.entente.chain.industrial.http;

import org.entente.chain.execution.Ledger;
import org.entente.chain.http.Asked;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.device.Device;
import org.entente.chain.industrial.register.device.DeviceCertificate;
import org.entente.chain.industrial.register.device.DeviceSeries;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Devices as the newest final block has them (docs/chains/industrial-registers.md §4.5).
public final class DeviceRoutes {
    private static final int PAGE_COUNT_MAX = 64;

    private final Served chain;
    private final InstantSource clock;

    public DeviceRoutes(Served chain, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /// @param state by the node's clock, never earlier than the block
    record DeviceView(
            String identifier,
            String name,
            String model,
            String user,
            String from,
            String to,
            Optional<Long> silenceSecondsMax,
            Device.Standing state,
            int version,
            String changed,
            List<CertificateView> certificates,
            RegisterProof proved,
            long height) {}

    record CertificateView(Digest digest, OrganisationId organisation, String from, String to) {}

    record DevicesView(List<DeviceView> devices, boolean more, long height) {}

    record SeriesView(
            String identifier,
            String series,
            long next,
            long missing,
            String latest,
            RegisterProof proved,
            long height) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/devices", Answers.json(DevicesView.class, this::list))
                .get("/v1/devices/{prefix}/{suffix}", Answers.json(DeviceView.class, this::device))
                .get(
                        "/v1/devices/{prefix}/{suffix}/series",
                        Answers.json(SeriesView.class, this::series));
    }

    private static Parsed<Identifier> asked(Request request) {
        return Asked.made(
                request.parameter("prefix") + "/" + request.parameter("suffix"), Identifier::new);
    }

    Reply list(Request request) {
        Ledger last = chain.last();
        String after = request.queried("after").orElse("");
        Parsed<List<Identifier>> found =
                after.isEmpty()
                        ? Parsed.of(devices(last).after(Optional.empty(), PAGE_COUNT_MAX + 1))
                        : Asked.made(after, Identifier::new)
                                .map(it ->
                                        devices(last).after(Optional.of(it), PAGE_COUNT_MAX + 1));
        return switch (found) {
            case Parsed.Refused<List<Identifier>>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<List<Identifier>>(List<Identifier> all) ->
                    Reply.json(
                            new DevicesView(
                                    all.stream()
                                            .limit(PAGE_COUNT_MAX)
                                            .flatMap(it -> view(last, it).stream())
                                            .toList(),
                                    all.size() > PAGE_COUNT_MAX,
                                    last.height()));
        };
    }

    Reply device(Request request) {
        Ledger last = chain.last();
        return switch (asked(request)) {
            case Parsed.Refused<Identifier>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Identifier>(Identifier device) ->
                    view(last, device)
                            .map(Reply::json)
                            .orElseGet(() ->
                                    Reply.problem(
                                            Verdict.rejected(
                                                    Fault.NOT_FOUND, "no device is " + device)));
        };
    }

    private static Devices devices(Ledger last) {
        return new Devices(Records.of(last.state()));
    }

    private Optional<DeviceView> view(Ledger last, Identifier device) {
        Instant time = last.head().header().time();
        Instant clocked = clock.instant();
        Instant now = clocked.isBefore(time) ? time : clocked;
        Devices devices = devices(last);
        return devices.find(device)
                .map(it ->
                        new DeviceView(
                                device.text(),
                                it.profile().name(),
                                it.profile().model(),
                                it.profile().user(),
                                it.profile().from().toString(),
                                it.profile().to().toString(),
                                it.profile().silenceMax().map(Duration::toSeconds),
                                it.standing(now),
                                it.version(),
                                it.changed().toString(),
                                it.certificates().stream()
                                        .map(digest ->
                                                certificate(
                                                        digest,
                                                        devices.certificate(digest).orElseThrow()))
                                        .toList(),
                                RegisterProof.of(last, Devices.REGISTER, Devices.place(device)),
                                last.height()));
    }

    private static CertificateView certificate(Digest digest, DeviceCertificate it) {
        return new CertificateView(
                digest, it.organisation(), it.from().toString(), it.to().toString());
    }

    Reply series(Request request) {
        Ledger last = chain.last();
        String name = request.queried("name").orElse("");
        return switch (asked(request).then(device -> series(last, device, name))) {
            case Parsed.Refused<SeriesView>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<SeriesView>(SeriesView view) -> Reply.json(view);
        };
    }

    private static Parsed<SeriesView> series(Ledger last, Identifier device, String name) {
        Optional<DeviceSeries> found =
                Report.isSeries(name) ? devices(last).series(device, name) : Optional.empty();
        return found.map(it ->
                        Parsed.of(
                                new SeriesView(
                                        device.text(),
                                        name,
                                        it.next(),
                                        it.missing(),
                                        it.latest().toString(),
                                        RegisterProof.of(
                                                last,
                                                Devices.REGISTER,
                                                Devices.place(device, name)),
                                        last.height())))
                .orElseGet(() ->
                        Parsed.refused(Fault.NOT_FOUND, device + " said nothing of this series"));
    }
}
