package org.entente.agent;

import org.entente.adapter.Call;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.Place;
import org.entente.registry.contract.JsonFields;
import org.entente.registry.contract.NodeContract;

import java.util.List;
import java.util.TreeSet;

/// What a node contract is to do for one request (docs/exchange.md §5): its program with the
/// request's arguments, read strictly.
sealed interface Program {
    int COPY_COUNT_MAX = 64;

    /// Each value of the source chain's own state becomes that of a key in the inbox.
    record Copy(List<Pair> pairs) implements Program {
        public Copy {
            pairs = List.copyOf(pairs);
        }
    }

    record Pair(Bytes from, Bytes to) {}

    /// What a function answers becomes the value of a key in the inbox.
    record Ask(Call call, Bytes to) implements Program {}

    static Parsed<Program> of(NodeContract.Program program, Bytes arguments) {
        return switch (program.kind()) {
            case COPY ->
                    JsonFields.parse(
                                    arguments,
                                    Asked.ARGUMENTS_SIZE_BYTES_MAX,
                                    fields ->
                                            fields.objects(
                                                    "copy", 1, COPY_COUNT_MAX, Program::pair))
                            .then(Program::copy);
            case CALL ->
                    JsonFields.parse(
                            arguments,
                            Asked.ARGUMENTS_SIZE_BYTES_MAX,
                            fields ->
                                    new Ask(
                                            fields.value(
                                                    "argument",
                                                    hex ->
                                                            new Call(
                                                                    function(program),
                                                                    Bytes.fromHex(hex))),
                                            fields.value("to", Program::key)));
        };
    }

    private static Parsed<Program> copy(List<Pair> pairs) {
        TreeSet<Bytes> targets = new TreeSet<>();
        for (Pair pair : pairs) {
            if (!targets.add(pair.to)) {
                return Parsed.refused(
                        Fault.INVALID_VALUE, "copy: two values for the key " + pair.to.asUtf8());
            }
        }
        return Parsed.of(new Copy(pairs));
    }

    private static Pair pair(JsonFields fields) {
        return new Pair(fields.value("from", Program::key), fields.value("to", Program::key));
    }

    private static Name function(NodeContract.Program program) {
        return new Name(program.function().orElseThrow());
    }

    private static Bytes key(String text) {
        Bytes key = Bytes.utf8(text);
        if (key.isEmpty() || key.size() > Place.KEY_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + Place.KEY_SIZE_BYTES_MAX + " bytes");
        }
        return key;
    }
}
