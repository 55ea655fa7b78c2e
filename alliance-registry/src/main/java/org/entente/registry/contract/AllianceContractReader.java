package org.entente.registry.contract;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.Place;
import org.entente.registry.payload.PayloadSchema;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// From the fields of the file to an [AllianceContract]: first the shape that the schema describes,
/// then what ties the fields to each other.
final class AllianceContractReader {
    private static final int RESOURCE_COUNT_MAX = 64;
    private static final int REQUESTER_COUNT_MAX = 256;
    private static final int ID_SIZE_MAX = 256;
    private static final int CHAINS_OF_A_FLOW = 2;
    private static final Pattern SECONDS =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

    private AllianceContractReader() {}

    static AllianceContract read(JsonFields fields, Bytes file) {
        Name name = fields.value("name", Name::new);
        int version = (int) fields.number("version", 1, Integer.MAX_VALUE);
        Optional<String> title = fields.optionalValue("title", AllianceContractReader::title);
        SortedSet<OrganisationId> parties = parties(fields);
        SortedMap<NodeId, Long> agents = agents(fields, parties);
        SortedMap<Name, Flow> flows = flows(fields, parties);
        long total = agents.values().stream().mapToLong(Long::longValue).sum();
        Threshold amendment =
                fields.whole("amendment", rule -> Threshold.read(rule, "threshold", total));
        Recovery recovery =
                fields.has("recovery")
                        ? fields.whole("recovery", it -> recovery(it, parties))
                        : Recovery.NONE;
        return new AllianceContract(
                Digest.of(file),
                name,
                version,
                title,
                parties,
                agents,
                flows,
                amendment,
                recovery,
                fields.whole("validity", AllianceContractReader::validity));
    }

    private static String title(String text) {
        if (text.isEmpty() || text.length() > AllianceContract.TITLE_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "a title has 1 to " + AllianceContract.TITLE_SIZE_MAX + " characters");
        }
        return text;
    }

    private static SortedSet<OrganisationId> parties(JsonFields fields) {
        List<OrganisationId> parties =
                fields.values(
                        "parties",
                        AllianceContract.PARTY_COUNT_MIN,
                        AllianceContract.PARTY_COUNT_MAX,
                        OrganisationId::new);
        return distinct(fields, "parties", parties);
    }

    private static SortedMap<NodeId, Long> agents(
            JsonFields fields, SortedSet<OrganisationId> parties) {
        SortedMap<NodeId, Long> agents =
                fields.map(
                        "agents",
                        1,
                        AllianceContract.AGENT_COUNT_MAX,
                        AllianceContractReader::node,
                        AllianceContractReader::weight);
        for (NodeId agent : agents.keySet()) {
            if (!parties.contains(agent.organisation())) {
                throw fields.invalid("agents", agent + " belongs to no party");
            }
        }
        return agents;
    }

    private static SortedMap<Name, Flow> flows(
            JsonFields fields, SortedSet<OrganisationId> parties) {
        TreeMap<Name, Flow> flows = new TreeMap<>();
        List<Flow> list =
                fields.objects(
                        "flows", 1, AllianceContract.FLOW_COUNT_MAX, flow -> flow(flow, parties));
        for (Flow flow : list) {
            if (flows.put(flow.name(), flow) != null) {
                throw fields.invalid("flows", "two are named " + flow.name());
            }
        }
        return Sorted.copyOf(flows);
    }

    private static Flow flow(JsonFields fields, SortedSet<OrganisationId> parties) {
        Name name = fields.value("name", Name::new);
        Flow.Source source =
                fields.whole(
                        "source",
                        it -> new Flow.Source(it.value("chain", ChainId::new), resources(it)));
        Flow.Destination destination =
                fields.whole("destination", AllianceContractReader::destination);
        if (source.chain().equals(destination.chain())) {
            throw fields.invalid(
                    "destination", "a flow joins two different chains, not " + source.chain());
        }
        return new Flow(
                name,
                source,
                destination,
                requesters(fields, parties),
                condition(fields),
                payloadSchema(fields),
                fields.whole("limits", AllianceContractReader::limits),
                finality(fields, source.chain(), destination.chain()),
                fields.optionalValue("readCheck", AllianceContractReader::readCheck)
                        .orElse(Flow.ReadCheck.ATTESTED),
                fields.value("deliverWithin", DurationText::parse),
                options(fields));
    }

    private static Flow.Destination destination(JsonFields fields) {
        return new Flow.Destination(
                fields.value("chain", ChainId::new),
                fields.value("inbox", AllianceContractReader::inbox),
                resources(fields));
    }

    private static String inbox(String text) {
        if (text.isEmpty() || Bytes.utf8(text).size() > Place.INBOX_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an inbox's address has 1 to " + Place.INBOX_SIZE_BYTES_MAX + " bytes");
        }
        return text;
    }

    private static List<ResourcePattern> resources(JsonFields fields) {
        List<ResourcePattern> resources =
                fields.values("resources", 1, RESOURCE_COUNT_MAX, ResourcePattern::new);
        distinct(fields, "resources", resources);
        return resources;
    }

    private static List<Flow.Requester> requesters(
            JsonFields fields, SortedSet<OrganisationId> parties) {
        List<Flow.Requester> requesters =
                fields.objects(
                        "requesters",
                        1,
                        REQUESTER_COUNT_MAX,
                        it ->
                                new Flow.Requester(
                                        it.value("organisation", OrganisationId::new),
                                        it.value("role", Name::new)));
        for (Flow.Requester requester : requesters) {
            if (!parties.contains(requester.organisation())) {
                throw fields.invalid(
                        "requesters", requester.organisation() + " is not among the parties");
            }
        }
        distinct(fields, "requesters", requesters);
        return requesters;
    }

    private static Optional<Condition> condition(JsonFields fields) {
        return fields.optionalText("condition")
                .map(text ->
                        switch (Condition.compile(text)) {
                            case Parsed.Value<Condition>(Condition condition) -> condition;
                            case Parsed.Refused<Condition>(var why) ->
                                    throw fields.wrong("condition", why.fault(), why.detail());
                        });
    }

    private static Optional<PayloadSchema> payloadSchema(JsonFields fields) {
        return fields.optionalJson("payloadSchema")
                .map(text ->
                        switch (PayloadSchema.parse(text)) {
                            case Parsed.Value<PayloadSchema>(PayloadSchema schema) -> schema;
                            case Parsed.Refused<PayloadSchema>(var why) ->
                                    throw fields.wrong("payloadSchema", why.fault(), why.detail());
                        });
    }

    private static Flow.Limits limits(JsonFields fields) {
        return new Flow.Limits(
                fields.number("payloadBytesMax", 1, Flow.Limits.PAYLOAD_BYTES_MAX),
                fields.number("perHour", 1, Flow.Limits.PER_HOUR_MAX));
    }

    private static SortedMap<ChainId, Flow.Finality> finality(
            JsonFields fields, ChainId source, ChainId destination) {
        SortedMap<ChainId, Flow.Finality> finality =
                fields.map(
                        "finality",
                        CHAINS_OF_A_FLOW,
                        CHAINS_OF_A_FLOW,
                        ChainId::new,
                        (it, chain) ->
                                it.isNumber(chain)
                                        ? new Flow.Finality.Depth(
                                                (int) it.number(chain, 0, Flow.Finality.BLOCKS_MAX))
                                        : new Flow.Finality.Rule(it.value(chain, Name::new)));
        if (!finality.containsKey(source) || !finality.containsKey(destination)) {
            throw fields.invalid("finality", "names exactly " + source + " and " + destination);
        }
        return finality;
    }

    private static Flow.ReadCheck readCheck(String text) {
        for (Flow.ReadCheck check : Flow.ReadCheck.values()) {
            if (check.name().toLowerCase(Locale.ROOT).equals(text)) {
                return check;
            }
        }
        throw new IllegalArgumentException("is attested or snapshot, not '" + text + "'");
    }

    private static SortedSet<Flow.Option> options(JsonFields fields) {
        List<Flow.Option> options = new ArrayList<>();
        if (fields.flag("sealedPayload")) {
            throw fields.invalid(
                    "sealedPayload", "is not served: payloads would travel readable for the relay");
        }
        if (fields.flag("singleUse")) {
            options.add(Flow.Option.SINGLE_USE);
        }
        if (fields.flag("soleAuthority")) {
            options.add(Flow.Option.SOLE_AUTHORITY);
        }
        return Sorted.copyOf(options);
    }

    private static Recovery recovery(JsonFields fields, SortedSet<OrganisationId> parties) {
        record Key(OrganisationId organisation, VerifyingKey key) {}
        TreeMap<OrganisationId, VerifyingKey> keys = new TreeMap<>();
        List<Key> list =
                fields.objects(
                        "keys",
                        1,
                        Recovery.KEY_COUNT_MAX,
                        it ->
                                new Key(
                                        it.value("organisation", OrganisationId::new),
                                        it.value("key", AllianceContractReader::key)));
        for (Key key : list) {
            if (!parties.contains(key.organisation())) {
                throw fields.invalid("keys", key.organisation() + " is not among the parties");
            }
            if (keys.put(key.organisation(), key.key()) != null) {
                throw fields.invalid("keys", key.organisation() + " has two");
            }
        }
        return new Recovery(
                Sorted.copyOf(keys), fields.number("delayBlocks", 1, Recovery.DELAY_BLOCKS_MAX));
    }

    private static AllianceContract.Validity validity(JsonFields fields) {
        Instant from = fields.value("from", AllianceContractReader::instant);
        Instant until = fields.value("until", AllianceContractReader::instant);
        if (!from.isBefore(until)) {
            throw fields.invalid("until", "must lie after from");
        }
        return new AllianceContract.Validity(from, until);
    }

    static NodeId node(String uri) {
        if (uri.length() > ID_SIZE_MAX) {
            throw new IllegalArgumentException("a node's name of " + uri.length() + " characters");
        }
        return NodeId.parse(uri);
    }

    static Long weight(JsonFields fields, String name) {
        return fields.number(name, 1, AllianceContract.WEIGHT_MAX);
    }

    static <T extends Comparable<? super T>> SortedSet<T> distinct(
            JsonFields fields, String name, List<T> items) {
        TreeSet<T> seen = new TreeSet<>();
        for (T item : items) {
            if (!seen.add(item)) {
                throw fields.invalid(name, "names " + item + " twice");
            }
        }
        return Sorted.copyOf(seen);
    }

    private static VerifyingKey key(String hex) {
        if (!hex.matches("[0-9a-f]{128}")) {
            throw new IllegalArgumentException("a key is 128 lower-case hexadecimal digits");
        }
        return new VerifyingKey(Bytes.fromHex(hex));
    }

    private static Instant instant(String text) {
        try {
            if (SECONDS.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("there is no time " + text, e);
        }
        throw new IllegalArgumentException(
                "a time is written 2026-11-21T00:00:00Z, not '" + text + "'");
    }
}
