package org.entente.client;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.SigningRequest;
import org.entente.certs.Verifier;
import org.entente.certs.est.BasicCredentials;
import org.entente.certs.est.Est;
import org.entente.certs.est.EstClient;
import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Speaks with an organisation's agent: enrols a node by EST, renews its certificate, fetches
/// transaction certificates.
public final class AgentClient implements AutoCloseable {
    private static final int ANSWER_SIZE_BYTES_MAX = 2 * 1024 * 1024;

    /// A page holds values of up to 16 MiB each.
    private static final int DELIVERIES_SIZE_BYTES_MAX = 64 * 1024 * 1024;

    private static final int PAGE = 16;
    private static final String EVENTS = "/v1/deliveries/events";

    private final Wire wire;
    private final EstClient est;

    private AgentClient(Wire wire, Verifier verifier) {
        this.wire = wire;
        this.est = new EstClient(verifier);
    }

    /// @param roots under which the agent's own certificate must stand
    /// @param identity shown to the agent; none before the enrolment
    public static AgentClient of(
            URI address,
            List<X509Certificate> roots,
            Optional<TlsIdentity> identity,
            Verifier verifier,
            Patience patience,
            RandomGenerator random) {
        ClientTls tls = ClientTls.under(roots);
        ClientTls shown = identity.map(tls::showing).orElse(tls);
        return new AgentClient(new Wire(address, shown, patience, random), verifier);
    }

    /// What an enrolment gave, and the CAs that it stands under.
    public record Enrolled(Certificate certificate, Authorities issuer) {}

    /// The organisation's CAs, oldest generation first. One of them must be a root that we had
    /// before; the TLS connection proved it.
    public List<Authorities> authorities(OrganisationId organisation) throws Refused, Unreachable {
        return Refused.unless(
                est.authorities(wire.get(Est.CACERTS, Est.ANSWER_SIZE_BYTES_MAX), organisation));
    }

    public Enrolled enrol(NodeId node, String token, SigningRequest request, Instant now)
            throws Refused, Unreachable {
        Wire.Sent sent =
                sent(request)
                        .with("Authorization", new BasicCredentials(node.name(), token).header());
        return enrolled(node, request.key(), Est.SIMPLE_ENROLL, sent, now);
    }

    /// Over a connection that shows the certificate to renew.
    public Enrolled renew(NodeId node, SigningRequest request, Instant now)
            throws Refused, Unreachable {
        return enrolled(node, request.key(), Est.SIMPLE_REENROLL, sent(request), now);
    }

    private static Wire.Sent sent(SigningRequest request) {
        return Wire.Sent.of(Est.REQUEST_TYPE, EstClient.body(request))
                .with("Content-Transfer-Encoding", Est.TRANSFER_ENCODING);
    }

    private Enrolled enrolled(
            NodeId node, VerifyingKey key, String path, Wire.Sent sent, Instant now)
            throws Refused, Unreachable {
        List<Authorities> trusted = authorities(node.organisation());
        Bytes answer = wire.post(path, sent, Est.ANSWER_SIZE_BYTES_MAX).orRefuse();
        Certificate certificate = Refused.unless(est.enrolled(answer, node, key, trusted, now));
        Authorities issuer =
                trusted.stream()
                        .filter(family -> family.issuerOf(certificate).isPresent())
                        .findFirst()
                        .orElseThrow();
        return new Enrolled(certificate, issuer);
    }

    /// Fresh certificates, one for each request, in an order of their own.
    public List<Certificate> batch(
            AllianceId alliance,
            Name contract,
            Collection<Name> flows,
            List<SigningRequest> requests)
            throws Refused, Unreachable {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode asked = nodes.objectNode();
        asked.put("alliance", alliance.toString());
        asked.put("contract", contract.text());
        ArrayNode named = asked.putArray("flows");
        flows.forEach(flow -> named.add(flow.text()));
        ArrayNode keys = asked.putArray("requests");
        requests.forEach(
                request -> keys.add(Base64.getEncoder().encodeToString(request.der().toArray())));
        Wire.Sent sent = Wire.Sent.of("application/json", Bytes.utf8(asked.toString()));
        Bytes answer =
                wire.post("/v1/transaction-certificates", sent, ANSWER_SIZE_BYTES_MAX).orRefuse();
        return certificates(answer, requests);
    }

    private static List<Certificate> certificates(Bytes answer, List<SigningRequest> requests)
            throws Refused {
        List<Certificate> certificates = new ArrayList<>();
        try {
            for (JsonNode each : Json.read(answer).path("certificates")) {
                byte[] der = Base64.getDecoder().decode(each.asString());
                certificates.add(Refused.unless(Certificate.parse(Bytes.copyOf(der))));
            }
        } catch (Json.Unexpected | IllegalArgumentException e) {
            throw new Refused(Fault.MALFORMED, "the agent's answer: " + e.getMessage());
        }
        for (SigningRequest request : requests) {
            if (certificates.stream().noneMatch(each -> each.key().equals(request.key()))) {
                throw new Refused(
                        Fault.INTERNAL,
                        "the agent's answer lacks a certificate for one of our keys");
            }
        }
        return certificates;
    }

    /// Some of what arrived, each as JSON, and the cursor to go on after.
    public record Deliveries(List<String> items, String next) {
        public Deliveries {
            items = List.copyOf(items);
        }
    }

    /// What was applied at the inboxes of the organisation's chains.
    ///
    /// @param after a cursor of an earlier answer; empty for the beginning
    public Deliveries deliveries(String after) throws Refused, Unreachable {
        Bytes answer =
                wire.get(
                        "/v1/deliveries?limit="
                                + PAGE
                                + (after.isEmpty() ? "" : "&" + after(after)),
                        DELIVERIES_SIZE_BYTES_MAX);
        try {
            JsonNode json = Json.read(answer);
            List<String> items = new ArrayList<>();
            json.path("deliveries").forEach(each -> items.add(each.toString()));
            JsonNode next = json.path("next");
            return new Deliveries(items, next.isMissingNode() ? after : next.asString());
        } catch (Json.Unexpected e) {
            throw new Refused(Fault.MALFORMED, "the agent's answer: " + e.getMessage());
        }
    }

    /// Hears each delivery as JSON until it is interrupted; a lost connection is made again.
    public void follow(String after, Consumer<String> listener) throws Refused, Unreachable {
        String cursor = after;
        while (true) {
            try (EventStream events = new EventStream(wire.open(events(cursor)))) {
                for (var event = events.next(); event.isPresent(); event = events.next()) {
                    listener.accept(event.get().data());
                    cursor = event.get().id().isEmpty() ? cursor : event.get().id();
                }
            } catch (IOException e) {
                // Torn: after a rest it is dialled again from where it stopped.
                wire.rest();
            } catch (Unreachable e) {
                if (e.kind() != Unreachable.Kind.NO_ANSWER) {
                    throw e;
                }
            }
            wire.rest();
        }
    }

    private static String events(String after) {
        return after.isEmpty() ? EVENTS : EVENTS + "?" + after(after);
    }

    private static String after(String cursor) {
        return "after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        wire.close();
    }
}
