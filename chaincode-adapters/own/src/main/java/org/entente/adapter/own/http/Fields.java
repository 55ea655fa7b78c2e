package org.entente.adapter.own.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The fields of a node's answer that a light client needs; others may stand beside them.
record Fields(URI source, JsonNode json) {
    long number(String name) throws SourceRefused {
        JsonNode field = json.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong() || field.asLong() < 0) {
            throw malformed(name);
        }
        return field.asLong();
    }

    Optional<Long> optionalNumber(String name) throws SourceRefused {
        JsonNode field = json.path(name);
        return field.isMissingNode() || field.isNull()
                ? Optional.empty()
                : Optional.of(number(name));
    }

    String text(String name) throws SourceRefused {
        JsonNode field = json.path(name);
        if (!field.isString()) {
            throw malformed(name);
        }
        return field.asString();
    }

    Bytes hex(String name) throws SourceRefused {
        return made(name, Bytes::fromHex);
    }

    Optional<Bytes> optionalHex(String name) throws SourceRefused {
        JsonNode field = json.path(name);
        return field.isMissingNode() || field.isNull() ? Optional.empty() : Optional.of(hex(name));
    }

    <T> T made(String name, Function<String, T> maker) throws SourceRefused {
        String text = text(name);
        try {
            return maker.apply(text);
        } catch (IllegalArgumentException e) {
            throw malformed(name + ": " + e.getMessage());
        }
    }

    Fields inner(String name) {
        return new Fields(source, json.path(name));
    }

    List<Fields> list(String name, int countMax) throws SourceRefused {
        JsonNode field = json.path(name);
        if (!field.isArray() || field.size() > countMax) {
            throw malformed(name);
        }
        List<Fields> items = new ArrayList<>();
        field.forEach(item -> items.add(new Fields(source, item)));
        return items;
    }

    private SourceRefused malformed(String what) {
        return new SourceRefused(
                SourceRefused.Kind.DOUBT,
                Verdict.rejected(Fault.MALFORMED, source + " answers with no sound " + what));
    }
}
