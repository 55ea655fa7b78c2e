package org.entente.chain.industrial.http.data;

import org.entente.chain.http.Asked;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataBook;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataRecord;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.ShownChunk;
import org.entente.chain.industrial.vault.Manifest;
import org.entente.chain.industrial.vault.Vault;
import org.entente.chain.industrial.worker.data.Scrub;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// Data goes out to its owner, and to who is granted, for a purpose; each such read is noted first
/// (docs/chains/industrial-data.md §6.4).
public final class ContentRoutes {
    private final Served chain;
    private final Vault vault;
    private final Scrub scrub;
    private final Askers askers;
    private final Reads reads;

    public ContentRoutes(Served chain, Vault vault, Scrub scrub, Askers askers, Reads reads) {
        this.chain = chain;
        this.vault = vault;
        this.scrub = scrub;
        this.askers = askers;
        this.reads = reads;
    }

    /// @param damaged indices of chunks
    record VerifiedView(String id, String what, int chunks, boolean sound, List<Integer> damaged) {}

    record ReadsView(List<Reads.Read> reads) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/data/content", this::content)
                .get("/v1/data/chunks/{index}", this::chunk)
                .get("/v1/data/verify", Answers.json(VerifiedView.class, this::verify))
                .get("/v1/data/reads", Answers.json(ReadsView.class, this::reads));
    }

    /// What may be read: by whom, of what, how it is described where.
    private record Opened(
            VerifyingKey account,
            String purpose,
            DataId id,
            String what,
            Content.Stored content,
            Manifest manifest) {}

    private Parsed<Opened> opened(Request request) throws IOException {
        DataBook book = new DataBook(chain.last().state());
        String purpose = request.queried("purpose").orElse("");
        Parsed<VerifyingKey> asker = askers.asker(request);
        Parsed<DataId> id = asker.then(_ -> Question.id(request));
        Parsed<Named> named =
                id.then(it ->
                        book.readable(it, asker.orThrow(), purpose, askers.now())
                                        instanceof Verdict.Rejected why
                                ? new Parsed.Refused<>(why)
                                : named(request, book, it));
        if (named instanceof Parsed.Refused<Named>(Verdict.Rejected why)) {
            return new Parsed.Refused<>(why);
        }
        Named it = named.orThrow();
        return vault.manifest(it.content.root())
                .map(manifest ->
                        new Opened(
                                asker.orThrow(),
                                purpose,
                                id.orThrow(),
                                it.what,
                                it.content,
                                manifest));
    }

    /// One version, or one part of a series.
    private record Named(String what, Content.Stored content) {}

    private static Parsed<Named> named(Request request, DataBook book, DataId id) {
        return Question.number(request, "part")
                .then(part ->
                        part.isPresent()
                                ? part(book, id, part.get())
                                : Question.number(request, "version")
                                        .then(version -> version(book, id, version)));
    }

    private static Parsed<Named> part(DataBook book, DataId id, long number) {
        return book.part(id, number).isPresent()
                        && book.part(id, number).get() instanceof Part.Batch batch
                        && batch.readings() instanceof Content.Stored stored
                ? Parsed.of(new Named("part " + number, stored))
                : Parsed.refused(Fault.NOT_FOUND, "no stored readings are part " + number);
    }

    private static Parsed<Named> version(DataBook book, DataId id, Optional<Long> version) {
        Parsed<DataRecord> found =
                version.isPresent()
                        ? book.version(id, (int) Math.min(version.get(), Integer.MAX_VALUE))
                                .map(Parsed::of)
                                .orElseGet(() ->
                                        Parsed.refused(
                                                Fault.NOT_FOUND,
                                                id + " has no version " + version.get()))
                        : book.newest(id);
        return found.then(data ->
                data.description().content() instanceof Content.Stored stored
                        ? Parsed.of(new Named("version " + data.version(), stored))
                        : Parsed.refused(
                                Fault.NOT_FOUND, "what is no file stands with the record itself"));
    }

    private Reply content(Request request) throws IOException, InterruptedException {
        return Question.reply(
                opened(request),
                it ->
                        Question.reply(
                                Question.number(request, "from", 0),
                                from ->
                                        Question.reply(
                                                Question.number(request, "size", it.content.size()),
                                                size -> content(it, from, size))));
    }

    private Reply content(Opened it, long from, long sizeMost)
            throws IOException, InterruptedException {
        long size = Math.min(sizeMost, it.content.size() - from);
        if (from >= it.content.size() || size < 1) {
            return Reply.problem(
                    Verdict.rejected(
                            Fault.INVALID_VALUE,
                            "%d bytes from %d of %d".formatted(sizeMost, from, it.content.size())));
        }
        // What cannot be begun is refused in words; what breaks off later ends without its end.
        int first = (int) (from / Content.CHUNK_SIZE_BYTES);
        return Question.reply(
                vault.plain(it.manifest, first),
                _ -> {
                    note(it, from, size);
                    return Reply.stream(Question.OCTETS, body -> write(it, from, size, body))
                            .with("entente-size", Long.toString(size));
                });
    }

    private void write(Opened it, long from, long size, OutputStream body) throws IOException {
        long at = from;
        long end = from + size;
        while (at < end) {
            int index = (int) (at / Content.CHUNK_SIZE_BYTES);
            Parsed<Bytes> plain = vault.plain(it.manifest, index);
            if (plain instanceof Parsed.Refused<Bytes>(Verdict.Rejected why)) {
                throw new IOException(why.toString());
            }
            Bytes chunk = plain.orThrow();
            int begin = (int) (at - (long) index * Content.CHUNK_SIZE_BYTES);
            int count = (int) Math.min(chunk.size() - begin, end - at);
            body.write(chunk.toArray(), begin, count);
            at += count;
        }
    }

    private void note(Opened it, long from, long size) throws IOException {
        reads.add(askers.now(), it.account, it.purpose, it.id, it.what, from, size);
    }

    private Reply chunk(Request request) throws IOException, InterruptedException {
        return Question.reply(
                opened(request),
                it ->
                        Question.reply(
                                Asked.number(request.parameter("index")),
                                index -> chunk(it, index)));
    }

    private Reply chunk(Opened it, long index) throws IOException, InterruptedException {
        if (index >= it.content.chunkCount()) {
            return Reply.problem(
                    Verdict.rejected(
                            Fault.NOT_FOUND,
                            "no chunk %d of %d".formatted(index, it.content.chunkCount())));
        }
        return Question.reply(
                vault.show(it.manifest, (int) index),
                shown -> Reply.bytes(Question.OCTETS, ShownChunk.FORMAT.encode(shown)));
    }

    private Reply verify(Request request) throws IOException, InterruptedException {
        return Question.reply(
                opened(request),
                it -> {
                    Scrub.Found found = scrub.verify(it.manifest);
                    return Reply.json(
                            new VerifiedView(
                                    it.id.text(),
                                    it.what,
                                    found.chunks(),
                                    found.damaged().isEmpty(),
                                    found.damaged()));
                });
    }

    private Reply reads(Request request) throws IOException, InterruptedException {
        return Question.reply(
                askers.asker(request)
                        .then(account -> Question.id(request).then(id -> owned(id, account))),
                id -> Reply.json(new ReadsView(reads.of(id))));
    }

    private Parsed<DataId> owned(DataId id, VerifyingKey account) {
        return new DataBook(chain.last().state())
                        .head(id)
                        .filter(head -> head.owner().equals(account))
                        .isPresent()
                ? Parsed.of(id)
                : Parsed.refused(Fault.NOT_YOURS, id + " is not this account's");
    }
}
