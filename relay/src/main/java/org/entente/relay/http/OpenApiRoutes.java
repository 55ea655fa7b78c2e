package org.entente.relay.http;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The OpenAPI document of everything that the relay serves; a test holds it to the routes.
public final class OpenApiRoutes {
    private final Bytes document;

    public OpenApiRoutes() {
        try (InputStream file = OpenApiRoutes.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is not where the classes are");
            }
            document = Bytes.copyOf(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Routes routes() {
        return Routes.none().get("/openapi.json", _ -> Reply.bytes(Reply.JSON, document));
    }
}
