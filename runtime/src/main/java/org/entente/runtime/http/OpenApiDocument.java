package org.entente.runtime.http;

import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;
import org.entente.runtime.json.Schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/// The OpenAPI document of a server: what is written down of its addresses, and of their answers in
/// JSON what the routes say ([Answers]).
public record OpenApiDocument(Bytes written) {
    private static final String ADDRESS = "/openapi.json";
    private static final int SIZE_BYTES_MAX = 1 << 20;

    /// All that is served: some routes, and the document of them.
    public Routes around(Routes routes) {
        Bytes whole = whole(routes);
        return routes.and(Routes.none().get(ADDRESS, _ -> Reply.bytes(Reply.JSON, whole)));
    }

    private Bytes whole(Routes routes) {
        JsonNode document = Json.read(written, SIZE_BYTES_MAX).orThrow();
        routes.answers()
                .forEach((address, schemas) -> {
                    JsonNode responses = responses(document, address);
                    schemas.forEach((status, schema) ->
                            describe(responses.path(status.toString()), schema, address));
                });
        return Json.write(document);
    }

    /// @param address as `GET /v1/status`
    private static JsonNode responses(JsonNode document, String address) {
        String[] words = address.split(" ", 2);
        return document.path("paths")
                .path(words[1])
                .path(words[0].toLowerCase(Locale.ROOT))
                .path("responses");
    }

    private static void describe(JsonNode response, Schema schema, String address) {
        if (!(response instanceof ObjectNode described)
                || response.path("content").path(Reply.JSON).has("schema")) {
            throw new IllegalStateException(
                    "%s is to be described once, not as %s".formatted(address, response));
        }
        described.withObject("content").withObject(Reply.JSON).set("schema", schema.json());
    }
}
