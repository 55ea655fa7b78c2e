package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.Grant;
import org.entente.certs.Signer;
import org.entente.certs.SigningRequest;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.Request;
import org.entente.registry.RegisteredAlliance;
import org.entente.registry.Registry;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Signs requests for applications: each with a fresh key and a transaction certificate of this
/// organisation's CA, so that two exchanges do not show that one application made both.
public final class Signing {
    private static final int BODY_SIZE_BYTES_MAX = 32 * 1024;
    private static final int REMEMBERED_COUNT_MAX = 4_096;
    private static final Duration VALID_FOR = Duration.ofMinutes(5);
    private static final SortedSet<String> FIELDS =
            Sorted.copyOf(
                    List.of(
                            "alliance",
                            "contract",
                            "flow",
                            "arguments",
                            "exchangeId",
                            "attempt",
                            "notAfter"));

    private final Known known;
    private final Cryptography cryptography;
    private final SecureRandom random;

    /// What was signed lately, so that the same question again is the same request. Guarded by
    /// itself.
    private final Map<Digest, Asked> remembered = new LinkedHashMap<>();

    /// The alliances as they are; empty: not followed yet.
    @FunctionalInterface
    public interface Known {
        Optional<Registry> registry() throws InterruptedException;
    }

    public Signing(Known known, Cryptography cryptography, SecureRandom random) {
        this.known = known;
        this.cryptography = cryptography;
        this.random = random;
    }

    /// What an application wishes.
    private record Wish(
            AllianceId alliance,
            FlowName flow,
            Bytes arguments,
            Optional<Bytes> exchangeId,
            int attempt,
            Optional<Instant> notAfter) {}

    Parsed<Asked> asked(Organisation ours, Certificate holder, Bytes body, Instant now)
            throws LedgerUnavailable, InterruptedException {
        return switch (Json.read(body, BODY_SIZE_BYTES_MAX).then(Signing::wish)) {
            case Parsed.Refused<Wish>(var why) -> new Parsed.Refused<>(why);
            case Parsed.Value<Wish>(Wish wish) -> repeated(ours, holder, wish, body, now);
        };
    }

    private Parsed<Asked> repeated(
            Organisation ours, Certificate holder, Wish wish, Bytes body, Instant now)
            throws LedgerUnavailable, InterruptedException {
        Digest question = Digest.of(holder.digest().bytes().concat(body));
        if (wish.exchangeId.isPresent()) {
            synchronized (remembered) {
                Asked before = remembered.get(question);
                if (before != null) {
                    return Parsed.of(before);
                }
            }
        }
        Parsed<Asked> signed = signed(ours, holder, wish, now);
        if (signed instanceof Parsed.Value<Asked>(Asked asked)) {
            synchronized (remembered) {
                remembered.put(question, asked);
                if (remembered.size() > REMEMBERED_COUNT_MAX) {
                    remembered.remove(remembered.keySet().iterator().next());
                }
            }
        }
        return signed;
    }

    private Parsed<Asked> signed(Organisation ours, Certificate holder, Wish wish, Instant now)
            throws LedgerUnavailable, InterruptedException {
        Optional<Registry> registry = known.registry();
        if (registry.isEmpty()) {
            return Parsed.refused(Fault.STARTING, "the registry has not been followed yet");
        }
        Optional<RegisteredAlliance> alliance = registry.get().alliance(wish.alliance);
        Optional<Flow> flow = alliance.flatMap(it -> it.charter().terms().flow(wish.flow));
        if (flow.isEmpty()) {
            return Parsed.refused(Fault.UNKNOWN_FLOW, wish.flow + " of " + wish.alliance);
        }
        SortedSet<Name> roles = roles(ours, holder, flow.get());
        if (roles.isEmpty()) {
            return Parsed.refused(
                    Fault.WRONG_ROLE, holder + " has no role that " + wish.flow + " asks for");
        }
        Grant grant =
                new Grant(
                        wish.alliance,
                        wish.flow.contract(),
                        Sorted.copyOf(List.of(wish.flow.flow())),
                        roles);
        Signer key = cryptography.signer(cryptography.freshKey(random));
        return ours.authority()
                .batch(holder, grant, List.of(SigningRequest.anonymous(key)), now)
                .map(List::getFirst)
                .map(certificate ->
                        asked(
                                wish,
                                alliance.orElseThrow().charter().record().epoch(),
                                certificate,
                                key,
                                now));
    }

    private static SortedSet<Name> roles(Organisation ours, Certificate holder, Flow flow)
            throws LedgerUnavailable {
        TreeSet<Name> roles = new TreeSet<>(ours.roles(holder.node().orElseThrow()));
        roles.retainAll(
                flow.requesters().stream()
                        .filter(each -> each.organisation().equals(ours.id()))
                        .map(Flow.Requester::role)
                        .toList());
        return roles;
    }

    private Asked asked(Wish wish, long epoch, Certificate certificate, Signer key, Instant now) {
        Request request =
                new Request(
                        wish.alliance,
                        epoch,
                        certificate.organisation(),
                        wish.flow.contract(),
                        wish.flow.flow(),
                        wish.exchangeId.orElseGet(this::fresh),
                        wish.attempt,
                        Digest.of(wish.arguments),
                        wish.notAfter.orElse(now.plus(VALID_FOR)).truncatedTo(ChronoUnit.MILLIS),
                        certificate.digest());
        return new Asked(
                new Ask(request, key.sign(Request.FORMAT.digest(request)), certificate.der()),
                wish.arguments);
    }

    private Bytes fresh() {
        byte[] id = new byte[Request.EXCHANGE_ID_SIZE_BYTES];
        random.nextBytes(id);
        return Bytes.copyOf(id);
    }

    private static Parsed<Wish> wish(JsonNode json) {
        for (String field : json.propertyNames()) {
            if (!FIELDS.contains(field)) {
                return Parsed.refused(Fault.UNKNOWN_FIELD, field + " is none of " + FIELDS);
            }
        }
        if (!json.path("arguments").isObject()) {
            return Parsed.refused(Fault.INVALID_VALUE, "arguments is an object");
        }
        try {
            return Parsed.of(
                    new Wish(
                            AllianceId.fromHex(json.path("alliance").asString("")),
                            new FlowName(
                                    new Name(json.path("contract").asString("")),
                                    new Name(json.path("flow").asString(""))),
                            Json.write(json.path("arguments")),
                            json.has("exchangeId")
                                    ? Optional.of(exchangeId(json.path("exchangeId")))
                                    : Optional.empty(),
                            json.has("attempt") ? json.path("attempt").asInt(0) : 1,
                            json.has("notAfter")
                                    ? Optional.of(Instant.parse(json.path("notAfter").asString("")))
                                    : Optional.empty()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    private static Bytes exchangeId(JsonNode json) {
        Bytes id = Bytes.fromHex(json.asString(""));
        if (id.size() != Request.EXCHANGE_ID_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "exchangeId is " + Request.EXCHANGE_ID_SIZE_BYTES + " bytes in hexadecimal");
        }
        return id;
    }
}
