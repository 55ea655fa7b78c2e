package org.entente.relay.app;

import org.entente.certs.Revocations;
import org.entente.relay.Books;
import org.entente.runtime.http.HttpServer;

import java.util.Optional;
import java.util.function.Consumer;

/// Closes the open connections of members whose certificate is revoked, before the revocation is
/// answered.
final class Peers implements Consumer<Books> {
    private volatile Optional<HttpServer> server = Optional.empty();

    /// Belongs to the recorder's thread.
    private Revocations known = Revocations.NONE;

    void are(HttpServer server) {
        this.server = Optional.of(server);
    }

    @Override
    public void accept(Books books) {
        Revocations now = books.registry().revocations();
        if (!now.equals(known)) {
            known = now;
            server.ifPresent(HttpServer::recheckPeers);
        }
    }
}
