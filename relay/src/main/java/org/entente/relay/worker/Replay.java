package org.entente.relay.worker;

import org.entente.certs.Verifier;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;
import org.entente.relay.Books;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

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

    /// The records of one log, wherever they stand.
    interface Records {
        long size();

        LogRecord read(long serial) throws IOException;
    }

    public Books of(Logs logs) throws IOException {
        SortedMap<AllianceId, Records> alliances = Sorted.empty();
        for (var alliance : logs.alliances().entrySet()) {
            alliances = Sorted.with(alliances, alliance.getKey(), records(alliance.getValue()));
        }
        return of(records(logs.registry()), alliances);
    }

    Books of(Records registry, SortedMap<AllianceId, Records> alliances) throws IOException {
        Books books = Books.EMPTY;
        Registry earlier = Registry.EMPTY;
        Instant before = Instant.EPOCH;
        for (long serial = 0; serial < registry.size(); serial++) {
            earlier = books.registry();
            ChangeEntry entry = entry("registry", registry, serial);
            if (thoroughness == Thoroughness.EVERYTHING) {
                require("registry", serial, follows(entry, before));
                require("registry", serial, books.check(entry, verifier));
            }
            books = books.withRegistryEntry(entry);
            before = entry.time();
        }
        for (var alliance : alliances.entrySet()) {
            books = alliance(books, alliance.getKey(), alliance.getValue());
        }
        requireNothingLost(books, earlier);
        return books;
    }

    /// An alliance's log has all that the registry's entries before the last one made due: it got
    /// that before the last one was taken. If it has less, its files are lost or of another time.
    /// Appending it anew would give it other times, so another log under the same name.
    private static void requireNothingLost(Books books, Registry earlier) throws LogsDoNotFit {
        for (AllianceId id : books.registry().alliances().keySet()) {
            int due = dues(earlier, id);
            int had = changes(books, id);
            if (had < due) {
                throw new LogsDoNotFit(
                        id.toString(),
                        "it has "
                                + had
                                + " changes, and had at least "
                                + due
                                + " when the registry's log had "
                                + earlier.size());
            }
        }
        for (AllianceId id : books.alliances().keySet()) {
            int due = dues(books.registry(), id);
            int had = changes(books, id);
            if (had > due) {
                throw new LogsDoNotFit(
                        id.toString(),
                        "it has "
                                + had
                                + " changes, and the registry's log of "
                                + books.registry().size()
                                + " made only "
                                + due
                                + " due");
            }
        }
    }

    private static int dues(Registry registry, AllianceId id) {
        return registry.alliance(id).map(known -> known.dues().size()).orElse(0);
    }

    private static int changes(Books books, AllianceId id) {
        return Optional.ofNullable(books.alliances().get(id)).map(Alliance::changes).orElse(0);
    }

    private Books alliance(Books start, AllianceId id, Records log) throws IOException {
        Notary notary = new Notary(id, verifier);
        for (long serial = 0; serial < log.size(); serial++) {
            EntryRecord record = record(id.toString(), log, serial);
            Content content =
                    switch (Content.read(record)) {
                        case Parsed.Refused<Content>(Verdict.Rejected why) ->
                                throw new IOException(
                                        "log " + id + ", serial " + serial + ": " + why);
                        case Parsed.Value<Content>(Content read) -> read;
                    };
            if (thoroughness == Thoroughness.EVERYTHING) {
                require(id.toString(), serial, notary.check(record.entry(), content));
                require(id.toString(), serial, due(start, id, notary, content));
            }
            notary.take(record.entry(), content);
        }
        return notary.alliance()
                .map(alliance -> start.withAlliance(id, alliance, notary.size()))
                .orElse(start);
    }

    /// What an alliance's log has of changes must be what the registry's log made due.
    private static Verdict due(Books books, AllianceId id, Notary notary, Content content) {
        if (!(content instanceof Content.Changed(SignedChange change))) {
            return Verdict.accepted();
        }
        List<SignedChange> due = books.registry().owed(id, notary.alliance());
        return !due.isEmpty() && due.getFirst().equals(change)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.NOT_FOUND, "the registry's log does not make this due here");
    }

    /// An alliance's record, whose entry stands at its own serial.
    static EntryRecord record(String name, Log log, long serial) throws IOException {
        return record(name, records(log), serial);
    }

    private static EntryRecord record(String name, Records log, long serial) throws IOException {
        LogRecord record = log.read(serial);
        return switch (Entry.FORMAT.decode(record.entry())) {
            case Parsed.Refused<Entry>(Verdict.Rejected why) ->
                    throw new IOException("log " + name + ", serial " + serial + ": " + why);
            case Parsed.Value<Entry>(Entry entry) -> {
                if (entry.serial() != serial) {
                    throw new IOException(
                            "log "
                                    + name
                                    + ", serial "
                                    + serial
                                    + ": the entry says "
                                    + entry.serial());
                }
                yield new EntryRecord(entry, record.content(), record.evidence());
            }
        };
    }

    private static Verdict follows(ChangeEntry entry, Instant before) {
        return entry.time().isBefore(before)
                ? Verdict.rejected(Fault.INVALID_VALUE, entry.time() + " is earlier than " + before)
                : Verdict.accepted();
    }

    private static Records records(Log log) {
        return new Records() {
            @Override
            public long size() {
                return log.size();
            }

            @Override
            public LogRecord read(long serial) throws IOException {
                return log.read(serial);
            }
        };
    }

    static ChangeEntry entry(String name, Log log, long serial) throws IOException {
        return entry(name, records(log), serial);
    }

    private static ChangeEntry entry(String name, Records log, long serial) throws IOException {
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
