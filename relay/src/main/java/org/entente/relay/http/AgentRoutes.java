package org.entente.relay.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.CancelWish;
import org.entente.protocol.log.Sealed;
import org.entente.relay.AgentConduct;
import org.entente.relay.Desk;
import org.entente.relay.Effect;
import org.entente.relay.ParkedDelivery;
import org.entente.relay.worker.DeskWorker;
import org.entente.relay.worker.Desks;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.util.List;
import java.util.Optional;

/// How an alliance's agents behave, its newest seal, its parked deliveries, and wishes that concern
/// them (docs/exchange.md §3).
public final class AgentRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final Desks desks;

    public AgentRoutes(Desks desks) {
        this.desks = desks;
    }

    record AgentView(
            NodeId agent,
            boolean connected,
            boolean suspended,
            long sealed,
            long silences,
            long faulty,
            long disagreements,
            long equivocations,
            String last) {}

    record ParkedView(long serial, Digest exchange, String flow, ChainId chain, String why) {}

    record Logged(long size) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/alliances/{alliance}/seal", this::seal)
                .get("/v1/alliances/{alliance}/agents", this::agents)
                .get("/v1/alliances/{alliance}/parked", this::parked)
                .post(
                        "/v1/alliances/{alliance}/parked/{serial}/retry",
                        Limits.standard().bodySizeMax(0),
                        this::retry)
                .post(
                        "/v1/alliances/{alliance}/cancellations",
                        Limits.standard()
                                .bodySizeMax(CancelWish.FORMAT.sizeMax())
                                .mediaTypes(OCTETS),
                        this::cancel);
    }

    private Parsed<DeskWorker> desk(Request request) {
        return Paths.alliance(request)
                .then(alliance ->
                        desks.desk(alliance)
                                .map(Parsed::of)
                                .orElseGet(() ->
                                        Parsed.refused(
                                                Fault.NOT_FOUND, "no alliance " + alliance)));
    }

    private Reply seal(Request request) throws InterruptedException {
        return switch (desk(request)) {
            case Parsed.Refused<DeskWorker>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<DeskWorker>(DeskWorker desk) -> {
                Optional<Sealed> sealed = desk.look(Desk::seal);
                yield sealed.isPresent()
                        ? Reply.bytes(OCTETS, Sealed.FORMAT.encode(sealed.get()))
                        : Reply.problem(
                                Verdict.rejected(Fault.NOT_YET, "no majority has sealed yet"));
            }
        };
    }

    private Reply agents(Request request) throws InterruptedException {
        return switch (desk(request)) {
            case Parsed.Refused<DeskWorker>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<DeskWorker>(DeskWorker desk) ->
                    Reply.json(desk.look(Desk::agents).stream().map(AgentRoutes::view).toList());
        };
    }

    private static AgentView view(AgentConduct conduct) {
        return new AgentView(
                conduct.agent(),
                conduct.connected(),
                conduct.suspended(),
                conduct.sealed(),
                conduct.silences(),
                conduct.faulty(),
                conduct.disagreements(),
                conduct.equivocations(),
                conduct.last());
    }

    private Reply parked(Request request) throws InterruptedException {
        return switch (desk(request)) {
            case Parsed.Refused<DeskWorker>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<DeskWorker>(DeskWorker desk) -> {
                List<ParkedDelivery> parked = desk.look(Desk::parked);
                yield Reply.json(
                        parked.stream()
                                .map(each ->
                                        new ParkedView(
                                                each.serial(),
                                                each.exchange(),
                                                each.flow().toString(),
                                                each.chain(),
                                                each.why()))
                                .toList());
            }
        };
    }

    private Reply retry(Request request) throws InterruptedException {
        Parsed<NodeId> member = Members.node(request.peerCertificate());
        Parsed<AllianceId> alliance = Paths.alliance(request);
        Parsed<Long> serial = Paths.number(request, "serial");
        Optional<Reply> refusal = DeliveryRoutes.refusal(member, alliance, serial);
        return refusal.isPresent()
                ? refusal.get()
                : answer(desks.retry(alliance.orThrow(), serial.orThrow()), 202);
    }

    private Reply cancel(Request request) throws InterruptedException {
        Parsed<AllianceId> alliance = Paths.alliance(request);
        Parsed<CancelWish> wish =
                CancelWish.FORMAT
                        .decode(request.body())
                        .then(each ->
                                alliance.then(id ->
                                        id.equals(each.cancellation().alliance())
                                                ? Parsed.of(each)
                                                : Parsed.refused(
                                                        Fault.UNBOUND,
                                                        "it is about another alliance")));
        Optional<Reply> refusal = DeliveryRoutes.refusal(wish);
        return refusal.isPresent() ? refusal.get() : answer(desks.wish(wish.orThrow()), 201);
    }

    private static Reply answer(Effect effect, int status) {
        return switch (effect) {
            case Effect.Refuse refuse -> Refusals.of(refuse);
            case Effect.Stands(var _, long size) -> Reply.json(status, new Logged(size));
            case Effect other -> throw new IllegalStateException("no answer: " + other);
        };
    }
}
