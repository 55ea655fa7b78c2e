package org.entente.relay.http;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.OpenApiDocument;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The OpenAPI document of everything that the relay serves; a test holds it to the routes.
public final class OpenApiRoutes {
    private final OpenApiDocument document;

    public OpenApiRoutes() {
        try (InputStream file = OpenApiRoutes.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is not where the classes are");
            }
            document = new OpenApiDocument(Bytes.copyOf(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that is served: some routes, and the document of them.
    public Routes around(Routes routes) {
        return document.around(routes);
    }
}
