package org.entente.launcher.app.solo;

import org.entente.chain.Clause;
import org.entente.chain.Effect;
import org.entente.chain.Pact;
import org.entente.chain.Whole;
import org.entente.client.Unusable;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/// A pact as people write it: JSON with `until`, `when` and `then` (docs/ledger.md §11.7).
final class PactFile {
    private static final int SIZE_BYTES_MAX = 1 << 20;
    private static final String HELP =
            "Write it as docs/ledger.md §11.7 shows: {\"until\": TIME, \"when\": [{\"key\": KEY,"
                    + " \"is\": VALUE}], \"then\": [{\"put\": KEY, \"value\": VALUE}]}";

    private PactFile() {}

    static Pact read(Path file) throws Unusable {
        try {
            Bytes text = Bytes.copyOf(Files.readAllBytes(file));
            return switch (Json.read(text, SIZE_BYTES_MAX)) {
                case Parsed.Value<JsonNode>(JsonNode json) -> pact(json);
                case Parsed.Refused<JsonNode>(Verdict.Rejected why) ->
                        throw new Unusable(file + ": " + why, HELP);
            };
        } catch (IOException e) {
            throw new Unusable("cannot read " + file, "Name a file that this user may read.");
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unusable(file + ": " + e.getMessage(), HELP);
        }
    }

    private static Pact pact(JsonNode json) {
        require(names(json).equals("then,until,when"), "a pact has until, when and then", json);
        return new Pact(
                time(json.get("until")),
                each(json.get("when"), PactFile::clause),
                each(json.get("then"), PactFile::effect));
    }

    private static Clause clause(JsonNode json) {
        return switch (names(json).replaceFirst("inbox,(?=.*key)", "")) {
            case "is,key" -> new Clause.Holds(where(json), bytes(json.get("is")));
            case "exists,key" ->
                    is(json.get("exists"))
                            ? new Clause.Exists(where(json))
                            : new Clause.Absent(where(json));
            case "atLeast,key" -> new Clause.AtLeast(where(json), whole(json.get("atLeast")));
            case "atMost,key" -> new Clause.AtMost(where(json), whole(json.get("atMost")));
            case "since" -> new Clause.Since(time(json.get("since")));
            default ->
                    throw refused(
                            "a clause is since, or a key with is, exists, atLeast or atMost", json);
        };
    }

    private static Effect effect(JsonNode json) {
        return switch (names(json)) {
            case "put,value" -> new Effect.Put(bytes(json.get("put")), bytes(json.get("value")));
            case "delete" -> new Effect.Delete(bytes(json.get("delete")));
            case "add,amount" -> new Effect.Add(bytes(json.get("add")), whole(json.get("amount")));
            default ->
                    throw refused("an effect is put with value, add with amount, or delete", json);
        };
    }

    private static Clause.Where where(JsonNode json) {
        String inbox = json.has("inbox") ? text(json.get("inbox")) : "";
        return new Clause.Where(inbox, bytes(json.get("key")));
    }

    /// The names of an object's fields, ascending.
    private static String names(JsonNode json) {
        require(json.isObject(), "an object is expected", json);
        return String.join(",", new TreeSet<>(json.propertyNames()));
    }

    private static <T> List<T> each(JsonNode json, Function<JsonNode, T> read) {
        require(json.isArray(), "a list is expected", json);
        List<T> all = new ArrayList<>();
        json.values().forEach(item -> all.add(read.apply(item)));
        return all;
    }

    private static Bytes bytes(JsonNode json) {
        return Bytes.utf8(text(json));
    }

    private static String text(JsonNode json) {
        require(json.isString(), "a text is expected", json);
        return json.asString();
    }

    private static boolean is(JsonNode json) {
        require(json.isBoolean(), "true or false is expected", json);
        return json.asBoolean();
    }

    private static Whole whole(JsonNode json) {
        require(json.isIntegralNumber() && json.canConvertToLong(), "a whole number", json);
        return new Whole(json.asLong());
    }

    private static Instant time(JsonNode json) {
        return Instant.parse(text(json)).truncatedTo(ChronoUnit.MILLIS);
    }

    private static void require(boolean condition, String what, JsonNode json) {
        if (!condition) {
            throw refused(what, json);
        }
    }

    private static IllegalArgumentException refused(String what, JsonNode json) {
        return new IllegalArgumentException(what + ", not " + json);
    }
}
