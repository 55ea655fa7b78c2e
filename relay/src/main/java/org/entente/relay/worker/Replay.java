package org.entente.relay.worker;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.SignedChange;
import org.entente.relay.Books;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;

import java.io.IOException;
import java.util.Optional;

/// Folds logs from their first entry on.
public final class Replay {
    /// What is checked beside the records' own shape.
    public enum Thoroughness {
        /// Digests and order: what a start needs, since every entry was checked before it was
        /// appended.
        DIGESTS,
        /// Every signature and rule once more, as an auditor does.
        EVERYTHING
    }

    private final Verifier verifier;
    private final Thoroughness thoroughness;

    public Replay(Verifier verifier, Thoroughness thoroughness) {
        this.verifier = verifier;
        this.thoroughness = thoroughness;
    }

    public Books of(Logs logs) throws IOException {
        Books books = Books.EMPTY;
        for (long serial = 0; serial < logs.registry().size(); serial++) {
            ChangeEntry entry = entry("registry", logs.registry(), serial);
            if (thoroughness == Thoroughness.EVERYTHING) {
                require("registry", serial, books.check(entry.change(), entry.time(), verifier));
            }
            books = books.withRegistryEntry(entry);
        }
        for (var alliance : logs.alliances().entrySet()) {
            books = alliance(books, alliance.getKey(), alliance.getValue());
        }
        return books;
    }

    private Books alliance(Books start, AllianceId id, Log log) throws IOException {
        Books books = start;
        for (long serial = 0; serial < log.size(); serial++) {
            ChangeEntry entry = entry(id.toString(), log, serial);
            if (thoroughness == Thoroughness.EVERYTHING) {
                Optional<Alliance> before = Optional.ofNullable(books.alliances().get(id));
                require(
                        id.toString(),
                        serial,
                        before.isPresent()
                                ? before.get().check(entry.change(), verifier)
                                : Alliance.checkFounding(entry.change(), verifier));
            }
            books = books.withAllianceEntry(id, entry);
        }
        return books;
    }

    static ChangeEntry entry(String name, Log log, long serial) throws IOException {
        LogRecord record = log.read(serial);
        Parsed<ChangeEntry> parsed =
                Entry.FORMAT
                        .decode(record.entry())
                        .then(entry ->
                                SignedChange.parse(record.content(), record.evidence())
                                        .map(change ->
                                                new ChangeEntry(
                                                        entry.serial(), entry.time(), change)));
        return switch (parsed) {
            case Parsed.Refused<ChangeEntry>(Verdict.Rejected why) ->
                    throw new IOException("log " + name + ", serial " + serial + ": " + why);
            case Parsed.Value<ChangeEntry>(ChangeEntry entry) -> {
                if (entry.serial() != serial
                        || !Entry.FORMAT.encode(entry.entry()).equals(record.entry())) {
                    throw new IOException(
                            "log "
                                    + name
                                    + ", serial "
                                    + serial
                                    + ": the entry does not name what stands beside it");
                }
                yield entry;
            }
        };
    }

    private static void require(String name, long serial, Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Rejected why) {
            throw new IOException("log " + name + ", serial " + serial + ": " + why);
        }
    }
}
