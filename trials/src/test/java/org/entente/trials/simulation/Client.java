package org.entente.trials.simulation;

import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.endorsement.fixture.Holder;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.Request;
import org.entente.registry.Change;
import org.entente.registry.RevocationReason;
import org.entente.registry.SignedChange;
import org.entente.registry.contract.FlowName;
import org.entente.registry.fixture.Member;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The applications of one organisation: they ask for exchanges in one flow, many at once.
final class Client {
    private static final Duration VALIDITY = Duration.ofSeconds(40);

    private final World world;
    private final Member member;
    private final FlowName flow;
    private final Chance chance;
    private final Clock clock;
    private Holder holder;
    private final List<ClientExchange> exchanges = new ArrayList<>();

    Client(World world, Member member, FlowName flow) {
        this.world = world;
        this.member = member;
        this.flow = flow;
        this.chance = world.chance().branch();
        this.clock = new Clock(world.agenda(), chance.branch());
        this.holder = holder(1);
    }

    private Holder holder(int number) {
        return Holder.of(
                member.generation(),
                new Grant(
                        world.alliance(),
                        flow.contract(),
                        Sorted.copyOf(List.of(flow.flow())),
                        Sorted.copyOf(List.of(new Name("clerk")))),
                Member.NOW.truncatedTo(ChronoUnit.HOURS),
                world.cast().key("holder " + number + " of " + flow),
                new SeededRandom(chance.number()));
    }

    /// Its certificate is trusted no longer; it asks with another from now on.
    SignedChange revoked() {
        Certificate certificate = holder.certificate();
        holder = holder(2);
        return member.rootSigned(
                new Change.CertificateRevoked(
                        member.id(),
                        member.generation().authorities().transaction().digest(),
                        certificate.serialNumber(),
                        RevocationReason.KEY_COMPROMISE));
    }

    World world() {
        return world;
    }

    FlowName flow() {
        return flow;
    }

    Chance chance() {
        return chance;
    }

    List<ClientExchange> exchanges() {
        return exchanges;
    }

    Instant now() {
        return clock.now();
    }

    boolean isDone() {
        return exchanges.stream().allMatch(ClientExchange::isDone);
    }

    /// Asks to copy keys from the source's own state to the inbox.
    ClientExchange begin(String arguments) {
        ClientExchange exchange =
                new ClientExchange(this, Bytes.copyOf(chance.bytes(32)), Bytes.utf8(arguments));
        exchanges.add(exchange);
        exchange.begin();
        return exchange;
    }

    static String copy(String from, String to) {
        return "{\"copy\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(from, to);
    }

    /// A request as it is signed now.
    Asked ask(Bytes exchangeId, int attempt, Bytes arguments) {
        long epoch =
                world.relay()
                        .desk()
                        .flatMap(org.entente.relay.Desk::alliance)
                        .map(it -> it.charter().record().epoch())
                        .orElse(0L);
        Request request =
                new Request(
                        world.alliance(),
                        epoch,
                        member.id(),
                        flow.contract(),
                        flow.flow(),
                        exchangeId,
                        attempt,
                        Digest.of(arguments),
                        now().plus(VALIDITY),
                        holder.certificate().digest());
        return new Asked(
                new Ask(
                        request,
                        holder.key().sign(Request.FORMAT.digest(request)),
                        holder.certificate().der()),
                arguments);
    }
}
