package org.entente.chain.http;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.OpenApiDocument;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The OpenAPI document of everything that a node serves: what all chains of ours have, and what a
/// kind of chain adds; a test of each kind of node holds it to the routes. What is answered in JSON
/// stands where it is made ([org.entente.runtime.http.Answers]).
public record OpenApi(Bytes document) {
    private static final String FILE = "openapi.json";
    private static final int SIZE_BYTES_MAX = 1 << 20;

    /// What all have.
    public static OpenApi ledger() {
        return new OpenApi(read(OpenApi.class));
    }

    /// With the paths and schemas of the file beside a class.
    public OpenApi with(Class<?> beside) {
        ObjectNode whole = (ObjectNode) parsed(document);
        JsonNode more = parsed(read(beside));
        for (List<String> place : List.of(List.of("paths"), List.of("components", "schemas"))) {
            ObjectNode into = whole;
            JsonNode from = more;
            for (String name : place) {
                into = (ObjectNode) into.path(name);
                from = from.path(name);
            }
            for (var each : from.properties()) {
                if (into.has(each.getKey())) {
                    throw new IllegalStateException(each.getKey() + " is described twice");
                }
                into.set(each.getKey(), each.getValue());
            }
        }
        return new OpenApi(Json.write(whole));
    }

    /// All that is served: some routes, and the document of them.
    public Routes around(Routes routes) {
        return new OpenApiDocument(document).around(routes);
    }

    private static JsonNode parsed(Bytes json) {
        return Json.read(json, SIZE_BYTES_MAX).orThrow();
    }

    private static Bytes read(Class<?> beside) {
        try (InputStream file = beside.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not beside " + beside);
            }
            return Bytes.copyOf(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
