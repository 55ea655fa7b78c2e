package org.entente.runtime.json;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedSet;
import java.util.TreeSet;

/// A first pass over the tokens: one document, each name once, not too deep.
///
/// Its own pass because each of these has its own fault, which messages of exceptions do not tell
/// apart.
final class Scan {
    private Scan() {}

    static Parsed<String> check(JsonFactory factory, String text) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            Deque<SortedSet<String>> names = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    names.push(new TreeSet<>());
                } else if (token.isStructEnd()) {
                    names.pop();
                }
                if (names.size() > Json.DEPTH_MAX) {
                    return Parsed.refused(
                            Fault.TOO_DEEP, "JSON nests at most " + Json.DEPTH_MAX + " levels");
                }
                if (token == JsonToken.PROPERTY_NAME
                        && !names.getFirst().add(parser.currentName())) {
                    return Parsed.refused(
                            Fault.DUPLICATE_FIELD,
                            parser.currentName() + " stands twice" + position(parser));
                }
            }
            return Parsed.of(text);
        } catch (StreamConstraintsException e) {
            return Parsed.refused(Fault.TOO_LARGE, e.getOriginalMessage());
        } catch (JacksonException e) {
            return Parsed.refused(Fault.MALFORMED, e.getOriginalMessage());
        }
    }

    private static String position(JsonParser parser) {
        return " at line " + parser.currentTokenLocation().getLineNr();
    }
}
