package org.entente.relay.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.protocol.merkle.ConsistencyProof;
import org.entente.protocol.merkle.InclusionProof;
import org.entente.protocol.merkle.MerkleTree;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.worker.Logs;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The logs as anyone may read them (docs/relay.md §3): sizes and roots, records as they are
/// stored, proofs.
public final class LogRoutes {
    private static final String OCTETS = "application/octet-stream";

    /// How much one answer carries; a reader asks again from where it stopped. The bytes are
    /// counted before a record and there is always one record, so a reader must take 2 MiB more.
    private static final int RECORDS_MAX = 10_000;

    static final int RECORDS_SIZE_BYTES_MAX = 8 << 20;

    private final Logs logs;

    public LogRoutes(Logs logs) {
        this.logs = logs;
    }

    record Head(String log, long size, Digest root) {}

    record Leaf(
            long serial,
            String kind,
            Digest submission,
            Digest evidence,
            String outcome,
            int fault,
            String time,
            Bytes entry,
            Bytes content,
            Bytes approvals) {}

    record Inclusion(
            long leafIndex, long leafCount, Digest leafHash, Digest root, List<Digest> path) {}

    record Consistency(
            long earlierCount,
            long leafCount,
            Digest earlierRoot,
            Digest root,
            List<Digest> path) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/logs", _ -> Reply.json(heads()))
                .get("/v1/logs/{log}", on(this::head))
                .get("/v1/logs/{log}/records", on(LogRoutes::records))
                .get("/v1/logs/{log}/entries/{serial}", on(LogRoutes::entry))
                .get("/v1/logs/{log}/proofs/inclusion", on(LogRoutes::inclusion))
                .get("/v1/logs/{log}/proofs/consistency", on(LogRoutes::consistency));
    }

    private List<Head> heads() {
        return logs.byName().entrySet().stream()
                .map(entry -> head(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Reply head(Request request, Log log) {
        return Reply.json(head(request.parameter("log"), log));
    }

    private static Head head(String name, Log log) {
        MerkleTree tree = log.tree();
        return new Head(name, tree.size(), tree.root());
    }

    private static Reply records(Request request, Log log) {
        return answer(
                number(request, "from", Optional.of(0L))
                        .then(from -> within("from", from, 0, log.size())),
                from -> Reply.stream(OCTETS, body -> write(log, from, body)));
    }

    /// At least one record, then as many as the limits allow.
    static void write(Log log, long from, OutputStream body) throws IOException {
        long to = Math.min(log.size(), from + RECORDS_MAX);
        DataOutputStream frames = new DataOutputStream(body);
        try (Stream<LogRecord> records = log.stream(from, to)) {
            Iterator<LogRecord> rest = records.iterator();
            while (rest.hasNext() && frames.size() < RECORDS_SIZE_BYTES_MAX) {
                LogRecord record = rest.next();
                write(frames, record.entry());
                write(frames, record.content());
                write(frames, record.evidence());
            }
        }
        frames.flush();
    }

    private static Reply entry(Request request, Log log) throws IOException {
        return switch (Numbers.parse("serial", request.parameter("serial"))
                .then(serial -> within("serial", serial, 0, log.size() - 1))) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long serial) -> Reply.json(leaf(log.read(serial)));
        };
    }

    private static Leaf leaf(LogRecord record) {
        Entry entry = Entry.FORMAT.decode(record.entry()).orThrow();
        return new Leaf(
                entry.serial(),
                entry.kind().name(),
                entry.submission(),
                entry.evidence(),
                entry.outcome().name(),
                entry.fault(),
                entry.time().toString(),
                record.entry(),
                record.content(),
                record.evidence());
    }

    private static Reply inclusion(Request request, Log log) {
        return answer(
                size(request, "size", log)
                        .then(size ->
                                number(request, "serial", Optional.empty())
                                        .then(serial -> within("serial", serial, 0, size - 1))
                                        .map(serial -> new long[] {serial, size})),
                asked -> {
                    MerkleTree tree = log.tree(asked[1]);
                    InclusionProof proof = tree.inclusion(asked[0]);
                    return Reply.json(
                            new Inclusion(
                                    proof.leafIndex(),
                                    proof.leafCount(),
                                    log.leafHash(asked[0]),
                                    tree.root(),
                                    proof.path()));
                });
    }

    private static Reply consistency(Request request, Log log) {
        return answer(
                size(request, "to", log)
                        .then(to ->
                                number(request, "from", Optional.empty())
                                        .then(from -> within("from", from, 0, to))
                                        .map(from -> new long[] {from, to})),
                asked -> {
                    MerkleTree tree = log.tree(asked[1]);
                    ConsistencyProof proof = tree.consistency(asked[0]);
                    return Reply.json(
                            new Consistency(
                                    proof.earlierCount(),
                                    proof.leafCount(),
                                    log.tree(asked[0]).root(),
                                    tree.root(),
                                    proof.path()));
                });
    }

    private interface Reader {
        Reply read(Request request, Log log) throws IOException;
    }

    private org.entente.runtime.http.Handler on(Reader reader) {
        return request -> {
            Optional<Log> log = logs.named(request.parameter("log"));
            return log.isPresent()
                    ? reader.read(request, log.get())
                    : Reply.problem(
                            Verdict.rejected(
                                    Fault.NOT_FOUND,
                                    "a log is named registry or by an alliance's id"));
        };
    }

    private static <T> Reply answer(Parsed<T> asked, Function<T, Reply> reply) {
        return switch (asked) {
            case Parsed.Value<T>(T value) -> reply.apply(value);
            case Parsed.Refused<T>(Verdict.Rejected why) -> Reply.problem(why);
        };
    }

    private static Parsed<Long> size(Request request, String name, Log log) {
        return number(request, name, Optional.of(log.size()))
                .then(size -> within(name, size, 0, log.size()));
    }

    private static Parsed<Long> number(Request request, String name, Optional<Long> fallback) {
        Optional<String> asked = request.queried(name);
        if (asked.isPresent()) {
            return Numbers.parse(name, asked.get());
        }
        return fallback.map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Fault.INVALID_VALUE, name + " is missing"));
    }

    private static Parsed<Long> within(String name, long value, long min, long max) {
        return value >= min && value <= max
                ? Parsed.of(value)
                : Parsed.refused(
                        Fault.INVALID_VALUE,
                        name + " " + value + " does not lie between " + min + " and " + max);
    }

    private static void write(DataOutputStream frames, Bytes part) throws IOException {
        frames.writeInt(part.size());
        frames.write(part.toArray());
    }
}
