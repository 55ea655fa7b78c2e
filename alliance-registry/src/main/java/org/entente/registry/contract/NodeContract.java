package org.entente.registry.contract;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/// How one flow's requests become proposals, and who endorses them (protocol.md §4.2). Its schema
/// is `node-contract.schema.json`.
///
/// @param digest the SHA-256 of the exact file, as `sha256sum` shows it
/// @param hosts who proposes, tried in this order
/// @param threshold the endorsers' weight that must be exceeded
/// @param deliverers who delivers, tried in this order; none named: every agent on the destination
/// @param observers whose word settles a delivery; none named: the endorsers
public record NodeContract(
        Digest digest,
        FlowName flow,
        List<NodeId> hosts,
        Program program,
        SortedMap<NodeId, Long> endorsers,
        Threshold threshold,
        List<NodeId> deliverers,
        SortedMap<NodeId, Long> observers) {
    public static final int SIZE_BYTES_MAX = AllianceContract.SIZE_BYTES_MAX;
    public static final int NODE_COUNT_MAX = 64;

    /// What the node contract runs.
    ///
    /// @param function the source chain's contract function that `call` calls
    public record Program(
            Kind kind, Optional<String> function, SortedMap<Name, String> parameters) {
        public static final int PARAMETER_COUNT_MAX = 32;
        public static final int TEXT_SIZE_MAX = 1024;

        /// The programs there are.
        public enum Kind {
            /// Copies resources from source to destination.
            COPY,
            /// Calls a contract function of the source chain.
            CALL
        }
    }

    public static Parsed<NodeContract> parse(Bytes file) {
        return JsonFields.parse(file, SIZE_BYTES_MAX, fields -> read(fields, file));
    }

    public long totalWeight() {
        return endorsers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static NodeContract read(JsonFields fields, Bytes file) {
        FlowName flow =
                new FlowName(fields.value("contract", Name::new), fields.value("flow", Name::new));
        List<NodeId> hosts = nodes(fields, "hosts");
        Program program = fields.whole("program", NodeContract::program);
        SortedMap<NodeId, Long> endorsers = weights(fields, "endorsers");
        long total = endorsers.values().stream().mapToLong(Long::longValue).sum();
        return new NodeContract(
                Digest.of(file),
                flow,
                hosts,
                program,
                endorsers,
                fields.has("threshold")
                        ? Threshold.read(fields, "threshold", total)
                        : Threshold.half(),
                fields.has("deliverers") ? nodes(fields, "deliverers") : List.of(),
                fields.has("observers") ? weights(fields, "observers") : endorsers);
    }

    private static Program program(JsonFields fields) {
        Program.Kind kind = fields.value("kind", NodeContract::kind);
        Optional<String> function = fields.optionalValue("function", NodeContract::shortText);
        if ((kind == Program.Kind.CALL) != function.isPresent()) {
            throw fields.invalid("function", "call names a function, copy does not");
        }
        SortedMap<Name, String> parameters =
                fields.has("parameters")
                        ? fields.map(
                                "parameters",
                                0,
                                Program.PARAMETER_COUNT_MAX,
                                Name::new,
                                (it, name) -> it.value(name, NodeContract::shortText))
                        : Sorted.empty();
        return new Program(kind, function, parameters);
    }

    private static Program.Kind kind(String text) {
        for (Program.Kind kind : Program.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("is copy or call, not '" + text + "'");
    }

    private static String shortText(String text) {
        if (text.isEmpty() || text.length() > Program.TEXT_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "a text here has 1 to " + Program.TEXT_SIZE_MAX + " characters");
        }
        return text;
    }

    private static List<NodeId> nodes(JsonFields fields, String name) {
        List<NodeId> nodes = fields.values(name, 1, NODE_COUNT_MAX, AllianceContractReader::node);
        AllianceContractReader.distinct(fields, name, nodes);
        return nodes;
    }

    private static SortedMap<NodeId, Long> weights(JsonFields fields, String name) {
        return fields.map(
                name,
                1,
                NODE_COUNT_MAX,
                AllianceContractReader::node,
                AllianceContractReader::weight);
    }
}
