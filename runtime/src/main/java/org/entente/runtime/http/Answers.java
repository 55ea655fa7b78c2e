package org.entente.runtime.http;

import org.entente.protocol.Sorted;
import org.entente.runtime.json.Schema;

import java.util.SortedMap;

/// A handler that says what it answers in JSON: by the status, of those that are no problem.
public record Answers(Handler handler, SortedMap<Integer, Schema> schemas) implements Handler {
    public Answers {
        schemas = Sorted.copyOf(schemas);
    }

    public static Answers json(Class<?> type, Handler handler) {
        return json(200, Schema.of(type), handler);
    }

    public static Answers json(int status, Schema schema, Handler handler) {
        return new Answers(handler, Sorted.empty()).or(status, schema);
    }

    /// It answers that as well.
    public Answers or(int status, Schema schema) {
        return new Answers(handler, Sorted.with(schemas, status, schema));
    }

    @Override
    public Reply answer(Request request) throws Exception {
        return handler.answer(request);
    }
}
