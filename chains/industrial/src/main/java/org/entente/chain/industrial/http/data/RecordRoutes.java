package org.entente.chain.industrial.http.data;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataBook;
import org.entente.chain.industrial.data.DataHead;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataRecord;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.data.DeviceWord;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.Places;
import org.entente.chain.industrial.data.SeriesHead;
import org.entente.chain.industrial.data.Summary;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateProof;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What stands on the chain of data, with its proofs: for everyone (docs/chains/industrial-data.md
/// §6.2).
public final class RecordRoutes {
    private static final int PAGE_COUNT_MAX = 256;

    private final Served chain;

    public RecordRoutes(Served chain) {
        this.chain = chain;
    }

    record ErasureView(String reason, VerifyingKey by, String at) {}

    record StoredView(long size, int chunks, Digest root, Digest key) {}

    /// @param key bytes of the state key
    /// @param value empty: it has none
    record ProvedView(Bytes key, Optional<Bytes> value, Bytes proof) {}

    record VersionView(
            String id,
            String type,
            VerifyingKey owner,
            int version,
            Optional<Digest> previous,
            Digest digest,
            String registered,
            String made,
            Optional<Digest> device,
            String schema,
            String mime,
            SortedMap<String, String> attributes,
            Optional<StoredView> stored,
            Optional<Bytes> inline,
            Bytes bytes) {
        static VersionView of(DataRecord data) {
            Description description = data.description();
            Bytes bytes = DataRecord.FORMAT.encode(data);
            return new VersionView(
                    data.id().text(),
                    description.type().name(),
                    data.owner(),
                    data.version(),
                    data.previous(),
                    Digest.of(bytes),
                    data.registered().toString(),
                    description.made().toString(),
                    description.device(),
                    description.schema(),
                    description.mime(),
                    description.attributes(),
                    RecordRoutes.stored(description.content()),
                    RecordRoutes.inline(description.content()),
                    bytes);
        }
    }

    static Optional<StoredView> stored(Content content) {
        return content instanceof Content.Stored it
                ? Optional.of(new StoredView(it.size(), it.chunkCount(), it.root(), it.key()))
                : Optional.empty();
    }

    static Optional<Bytes> inline(Content content) {
        return content instanceof Content.Inline(Bytes bytes)
                ? Optional.of(bytes)
                : Optional.empty();
    }

    record RecordView(
            long height,
            String status,
            Optional<ErasureView> erasure,
            int versions,
            VersionView version,
            Optional<Bytes> header,
            Optional<List<ProvedView>> proofs) {}

    record HistoryView(long height, String status, List<VersionView> versions, boolean more) {}

    record SeriesView(
            long height,
            String id,
            String status,
            long next,
            long missing,
            long readings,
            Optional<Long> to,
            Optional<String> device,
            Optional<Bytes> header,
            Optional<List<ProvedView>> proofs,
            List<PartView> parts) {}

    record PartView(
            long number,
            String kind,
            int width,
            Optional<SummaryView> summary,
            Optional<String> reason,
            Optional<StoredView> stored,
            Optional<Bytes> inline,
            Optional<Digest> certificate) {
        static PartView of(DataBook.Numbered numbered) {
            return switch (numbered.part()) {
                case Part.Gap gap ->
                        new PartView(
                                numbered.number(),
                                "GAP",
                                gap.count(),
                                Optional.empty(),
                                Optional.of(gap.reason()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
                case Part.Batch(var timing, var summary, var readings, var word) ->
                        new PartView(
                                numbered.number(),
                                timing.name(),
                                1,
                                Optional.of(SummaryView.of(summary)),
                                Optional.empty(),
                                RecordRoutes.stored(readings),
                                RecordRoutes.inline(readings),
                                word.map(DeviceWord::certificate));
            };
        }
    }

    record SummaryView(
            long from, long to, int count, long least, long most, long sum, Digest root) {
        static SummaryView of(Summary it) {
            return new SummaryView(
                    it.from(), it.to(), it.count(), it.least(), it.most(), it.sum(), it.root());
        }
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/data/records", Answers.json(RecordView.class, this::one))
                .get("/v1/data/history", Answers.json(HistoryView.class, this::history))
                .get("/v1/data/series", Answers.json(SeriesView.class, this::series));
    }

    /// Data as it stands after one block.
    private record Seen(Ledger last, DataId id, DataHead head) {
        private DataBook book() {
            return new DataBook(last.state());
        }

        private String status() {
            return head.isErased() ? "ERASED" : "ACTIVE";
        }

        private ProvedView proved(Bytes place) {
            StateKey key = DataBook.place(place);
            return new ProvedView(
                    StateKey.FORMAT.encode(key),
                    last.state().value(key),
                    StateProof.FORMAT.encode(last.state().prove(key)));
        }

        private Bytes header() {
            return CertifiedHeader.FORMAT.encode(last.head());
        }
    }

    private Parsed<Seen> seen(Request request) {
        Ledger last = chain.last();
        return Question.id(request)
                .then(id ->
                        new DataBook(last.state())
                                .head(id)
                                .map(head -> Parsed.of(new Seen(last, id, head)))
                                .orElseGet(() ->
                                        Parsed.refused(
                                                Fault.NOT_FOUND,
                                                "nothing is registered as " + id)));
    }

    private static boolean isProved(Request request) {
        return request.queried("proof").orElse("false").equals("true");
    }

    private Reply one(Request request) throws IOException, InterruptedException {
        return Question.reply(
                seen(request),
                it ->
                        Question.reply(
                                Question.number(request, "version", it.head.versions()),
                                version -> record(it, version, isProved(request))));
    }

    private static Reply record(Seen it, long version, boolean proved) {
        Optional<DataRecord> found =
                version > it.head.versions()
                        ? Optional.empty()
                        : it.book().version(it.id, (int) version);
        return found.map(data ->
                        Reply.json(
                                new RecordView(
                                        it.last.height(),
                                        it.status(),
                                        it.head
                                                .erasure()
                                                .map(how ->
                                                        new ErasureView(
                                                                how.reason(),
                                                                how.by(),
                                                                how.at().toString())),
                                        it.head.versions(),
                                        VersionView.of(data),
                                        proved ? Optional.of(it.header()) : Optional.empty(),
                                        proved
                                                ? Optional.of(
                                                        List.of(
                                                                it.proved(Places.head(it.id)),
                                                                it.proved(
                                                                        Places.version(
                                                                                it.id,
                                                                                (int) version))))
                                                : Optional.empty())))
                .orElseGet(() ->
                        Reply.problem(
                                Verdict.rejected(
                                        Fault.NOT_FOUND, it.id + " has no version " + version)));
    }

    private Reply history(Request request) throws IOException, InterruptedException {
        return Question.reply(
                seen(request),
                it ->
                        Question.reply(
                                Question.number(request, "from", 1),
                                from -> {
                                    List<VersionView> versions = new ArrayList<>();
                                    long last =
                                            Math.min(it.head.versions(), from + PAGE_COUNT_MAX - 1);
                                    for (long each = Math.max(1, from); each <= last; each++) {
                                        it.book()
                                                .version(it.id, (int) each)
                                                .map(VersionView::of)
                                                .ifPresent(versions::add);
                                    }
                                    return Reply.json(
                                            new HistoryView(
                                                    it.last.height(),
                                                    it.status(),
                                                    versions,
                                                    last < it.head.versions()));
                                }));
    }

    Reply series(Request request) throws IOException, InterruptedException {
        return Question.reply(
                seen(request),
                it ->
                        Question.reply(
                                Question.number(request, "from", 0),
                                from ->
                                        it.book()
                                                .series(it.id)
                                                .map(head ->
                                                        Reply.json(
                                                                view(
                                                                        it,
                                                                        head,
                                                                        from,
                                                                        isProved(request))))
                                                .orElseGet(() ->
                                                        Reply.problem(
                                                                Verdict.rejected(
                                                                        Fault.INVALID_VALUE,
                                                                        it.id + " is no"
                                                                                + " series")))));
    }

    private static SeriesView view(Seen it, SeriesHead head, long from, boolean proved) {
        List<DataBook.Numbered> parts = it.book().parts(it.id, from, PAGE_COUNT_MAX);
        List<ProvedView> proofs = new ArrayList<>();
        if (proved) {
            proofs.add(it.proved(Places.head(it.id)));
            proofs.add(it.proved(Places.series(it.id)));
            parts.forEach(part -> proofs.add(it.proved(Places.part(it.id, part.number()))));
        }
        return new SeriesView(
                it.last.height(),
                it.id.text(),
                it.status(),
                head.next(),
                head.missing(),
                head.readings(),
                head.to(),
                head.device().map(Identifier::text),
                proved ? Optional.of(it.header()) : Optional.empty(),
                proved ? Optional.of(proofs) : Optional.empty(),
                parts.stream().map(PartView::of).toList());
    }
}
