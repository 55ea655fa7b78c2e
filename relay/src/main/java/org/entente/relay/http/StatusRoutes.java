package org.entente.relay.http;

import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.journal.LogSummary;
import org.entente.relay.Books;
import org.entente.relay.worker.Logs;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Routes;

import java.net.URI;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.function.Supplier;

/// Who this relay is and how far it is.
public final class StatusRoutes {
    private final URI address;
    private final VerifyingKey key;
    private final String certificate;
    private final String cryptography;
    private final Supplier<Books> books;
    private final Logs logs;
    private final Supplier<SortedMap<String, LogSummary>> view;
    private final InstantSource clock;

    /// @param view how far the database view is with each log; empty while it cannot be used
    public StatusRoutes(
            URI address,
            VerifyingKey key,
            String certificate,
            String cryptography,
            Supplier<Books> books,
            Logs logs,
            Supplier<SortedMap<String, LogSummary>> view,
            InstantSource clock) {
        this.address = address;
        this.key = key;
        this.certificate = certificate;
        this.cryptography = cryptography;
        this.books = books;
        this.logs = logs;
        this.view = view;
        this.clock = clock;
    }

    record Status(
            String address,
            VerifyingKey key,
            String certificate,
            String cryptography,
            String time,
            RegistryStatus registry,
            SortedMap<String, LogSummary> view) {}

    /// @param digest of the fold of the first `size` entries
    record RegistryStatus(long size, Digest root, Digest digest) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/status", Answers.json(Status.class, _ -> Reply.json(status())));
    }

    private Status status() {
        Books now = books.get();
        long size = now.registry().size();
        return new Status(
                address.toString(),
                key,
                certificate,
                cryptography,
                clock.instant().toString(),
                new RegistryStatus(
                        size, logs.registry().tree(size).root(), now.registry().digest()),
                view.get());
    }
}
