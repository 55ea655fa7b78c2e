package org.entente.client.cli.command;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.util.Collection;

/// Writes [Fields] as one line of JSON.
final class JsonText {
    private JsonText() {}

    static String of(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            write(to, fields);
        }
        return text.toString();
    }

    private static void write(JsonGenerator to, Object value) {
        switch (value) {
            case Fields fields -> {
                to.writeStartObject();
                fields.content()
                        .forEach((name, field) -> {
                            to.writeName(name);
                            write(to, field);
                        });
                to.writeEndObject();
            }
            case Collection<?> items -> {
                to.writeStartArray();
                items.forEach(item -> write(to, item));
                to.writeEndArray();
            }
            case Boolean flag -> to.writeBoolean(flag);
            case Integer number -> to.writeNumber(number);
            case Long number -> to.writeNumber(number);
            case Double number -> to.writeNumber(number);
            default -> to.writeString(value.toString());
        }
    }
}
