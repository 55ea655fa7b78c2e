package org.entente.relay.http;

import org.entente.endorsement.Receipt;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.relay.Status;
import org.entente.relay.worker.DeskWorker;
import org.entente.relay.worker.Desks;
import org.entente.relay.worker.Sightings;
import org.entente.runtime.http.Handler;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What is brought to inbox contracts, and receipts (docs/exchange.md §3).
public final class DeliveryRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final Desks desks;
    private final Sightings sightings;

    public DeliveryRoutes(Desks desks, Sightings sightings) {
        this.desks = desks;
        this.sightings = sightings;
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/alliances/{alliance}/deliveries/{serial}", member(this::delivery))
                .get("/v1/alliances/{alliance}/cancellations/{serial}", member(this::cancellation))
                .get("/v1/alliances/{alliance}/epochs/{epoch}", this::epoch)
                .get("/v1/exchanges/{exchange}/receipt", this::receipt);
    }

    private static Handler member(Handler handler) {
        return request ->
                Members.node(request.peerCertificate())
                                instanceof Parsed.Refused<?>(Verdict.Rejected why)
                        ? Reply.problem(why)
                        : handler.answer(request);
    }

    private Reply delivery(Request request) throws IOException, InterruptedException {
        Parsed<Long> serial = Paths.number(request, "serial");
        Parsed<AllianceId> alliance = Paths.alliance(request);
        Optional<Reply> refusal = refusal(alliance, serial);
        return refusal.isPresent()
                ? refusal.get()
                : octets(
                        sightings
                                .delivery(alliance.orThrow(), serial.orThrow())
                                .map(Delivery.FORMAT::encode));
    }

    private Reply cancellation(Request request) throws IOException, InterruptedException {
        Parsed<Long> serial = Paths.number(request, "serial");
        Parsed<AllianceId> alliance = Paths.alliance(request);
        Optional<Reply> refusal = refusal(alliance, serial);
        return refusal.isPresent()
                ? refusal.get()
                : octets(
                        sightings
                                .cancellation(alliance.orThrow(), serial.orThrow())
                                .map(CancelNotice.FORMAT::encode));
    }

    private Reply epoch(Request request) throws IOException, InterruptedException {
        Parsed<Long> epoch = Paths.number(request, "epoch");
        Parsed<AllianceId> alliance = Paths.alliance(request);
        Optional<Reply> refusal = refusal(alliance, epoch);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return octets(
                epoch.orThrow() == 0
                        ? sightings.founding(alliance.orThrow())
                        : sightings
                                .epoch(alliance.orThrow(), epoch.orThrow())
                                .map(EpochNotice.FORMAT::encode));
    }

    private Reply receipt(Request request) throws IOException, InterruptedException {
        Parsed<Digest> exchange = Paths.digest(request, "exchange");
        Parsed<Long> attempt =
                request.queried("attempt")
                        .map(text -> Numbers.parse("attempt", text))
                        .orElseGet(() -> Parsed.of(0L));
        Optional<Reply> refusal = refusal(exchange, attempt);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Status> status = status(exchange.orThrow(), attempt.orThrow());
        if (status.isEmpty()) {
            return Reply.problem(Verdict.rejected(Fault.NOT_FOUND, "no such attempt is known"));
        }
        if (status.get().serial().isEmpty()) {
            return Reply.problem(Verdict.rejected(Fault.NOT_YET, "it has no serial"));
        }
        return octets(
                sightings
                        .receipt(
                                status.get().alliance(),
                                status.get().serial().getAsLong(),
                                status.get().settlement())
                        .map(Receipt.FORMAT::encode));
    }

    /// @param attempt 0: the newest
    private Optional<Status> status(Digest exchange, long attempt) throws InterruptedException {
        for (DeskWorker desk : desks.all().values()) {
            List<Status> found = desk.look(each -> each.exchange(exchange));
            if (!found.isEmpty()) {
                return attempt == 0
                        ? Optional.of(ExchangeRoutes.newest(found))
                        : found.stream().filter(each -> each.attempt() == attempt).findFirst();
            }
        }
        return Optional.empty();
    }

    private static Reply octets(Parsed<Bytes> found) {
        return switch (found) {
            case Parsed.Refused<Bytes>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Bytes>(Bytes bytes) -> Reply.bytes(OCTETS, bytes);
        };
    }

    static Optional<Reply> refusal(Parsed<?>... asked) {
        for (Parsed<?> each : asked) {
            if (each instanceof Parsed.Refused<?>(Verdict.Rejected why)) {
                return Optional.of(Reply.problem(why));
            }
        }
        return Optional.empty();
    }
}
