package org.entente.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Server-sent events, one after the other, each of limited size.
public final class EventStream implements AutoCloseable {
    private static final int LINE_SIZE_BYTES_MAX = 1024 * 1024;

    /// @param id where to go on from after it; empty when there is none
    public record Event(String id, String name, String data) {}

    private final InputStream body;

    EventStream(InputStream body) {
        this.body = new BufferedInputStream(body);
    }

    /// The next event; empty at the end of the stream. Comments and pings are passed over.
    public Optional<Event> next() throws IOException {
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String text = line.get();
            if (text.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(id, name, data.toString()));
            }
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("id")) {
                id = value;
            } else if (field.equals("event")) {
                name = value;
            } else if (field.equals("data")) {
                data.append(data.isEmpty() ? "" : "\n").append(value);
            }
        }
        return Optional.empty();
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = body.read(); next >= 0; next = body.read()) {
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return Optional.of(
                        text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            if (line.size() >= LINE_SIZE_BYTES_MAX) {
                throw new IOException("an event of more than " + LINE_SIZE_BYTES_MAX + " bytes");
            }
            line.write(next);
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
