package org.entente.registry;

import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The skeleton of an alliance contract that a suggested alliance gives: valid, equal weights, to
/// be edited before it is signed.
public final class ContractDraft {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final int PAYLOAD_BYTES_MAX = 65_536;
    private static final String INBOX_UNKNOWN = "inbox-of-the-destination";

    private ContractDraft() {}

    public static String of(
            SuggestedAlliance suggestion, Name name, Registry registry, Instant now) {
        ObjectNode contract = MAPPER.createObjectNode();
        contract.put("name", name.text()).put("version", 1);
        ArrayNode parties = contract.putArray("parties");
        suggestion.parties().forEach(party -> parties.add(party.domain()));
        ObjectNode agents = contract.putObject("agents");
        suggestion.nodes().forEach(node -> agents.put(node.uri(), 1));
        ArrayNode flows = contract.putArray("flows");
        int number = 1;
        for (Route route : routes(suggestion).values()) {
            route.write(flows.addObject(), number++, registry);
        }
        contract.putObject("amendment").put("threshold", "1/2");
        Instant from = now.truncatedTo(ChronoUnit.DAYS);
        contract.putObject("validity")
                .put("from", from.toString())
                .put("until", from.plus(VALIDITY).toString());
        return MAPPER.writeValueAsString(contract) + "\n";
    }

    /// Matches with the same two chains and the same wanting organisation become one flow.
    private static SortedMap<String, Route> routes(SuggestedAlliance suggestion) {
        TreeMap<String, Route> routes = new TreeMap<>();
        for (Match match : suggestion.matches()) {
            Requirement want = match.want().requirement();
            routes.computeIfAbsent(
                            match.source() + " " + match.destination() + " " + match.wanting(),
                            _ ->
                                    new Route(
                                            match.source(),
                                            match.destination(),
                                            match.wanting(),
                                            new TreeSet<>(),
                                            new TreeSet<>()))
                    .add(want);
        }
        return routes;
    }

    private record Route(
            ChainId source,
            ChainId destination,
            OrganisationId wanting,
            SortedSet<String> resources,
            SortedSet<NodeId> nodes) {

        void add(Requirement want) {
            resources.add(want.resource().text());
            nodes.add(want.node());
        }

        void write(ObjectNode flow, int number, Registry registry) {
            flow.put("name", "flow-" + number);
            ObjectNode from = flow.putObject("source").put("chain", source.text());
            resources.forEach(from.putArray("resources")::add);
            ObjectNode to = flow.putObject("destination").put("chain", destination.text());
            RegisteredChain chain = registry.chains().get(destination);
            to.put(
                    "inbox",
                    chain == null
                            ? INBOX_UNKNOWN
                            : chain.added().inbox().map(Inbox::address).orElse(INBOX_UNKNOWN));
            resources.forEach(to.putArray("resources")::add);
            flow.putArray("requesters")
                    .addObject()
                    .put("organisation", wanting.domain())
                    .put("role", "requester");
            flow.putObject("limits").put("payloadBytesMax", PAYLOAD_BYTES_MAX).put("perHour", 1000);
            flow.putObject("finality").put(source.text(), "final").put(destination.text(), "final");
            flow.put("deliverWithin", "10m");
        }
    }
}
