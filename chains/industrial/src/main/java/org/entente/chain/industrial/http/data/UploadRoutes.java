package org.entente.chain.industrial.http.data;

import org.entente.chain.http.Asked;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.vault.Upload;
import org.entente.chain.industrial.vault.Vault;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Schema;

import java.io.IOException;

/// Content comes in, chunk by chunk, so that no more than a chunk of it is ever in memory and an
/// upload that broke off goes on (docs/chains/industrial-data.md §6.3).
public final class UploadRoutes {
    private static final Limits CHUNK = Limits.standard().bodySizeMax(Content.CHUNK_SIZE_BYTES);
    private static final Limits NO_BODY = Limits.standard().bodySizeMax(0);

    private final Vault vault;
    private final Askers askers;

    public UploadRoutes(Vault vault, Askers askers) {
        this.vault = vault;
        this.askers = askers;
    }

    /// @param next the chunk that is due
    record UploadView(Digest upload, String id, long size, int chunkSize, int chunks, int next) {
        static UploadView of(Upload.Progress progress) {
            Upload upload = progress.upload();
            return new UploadView(
                    upload.id(),
                    upload.data().text(),
                    upload.size(),
                    Content.CHUNK_SIZE_BYTES,
                    upload.chunkCount(),
                    progress.next());
        }
    }

    /// @param plainRoot over the chunks as they were sent
    record SealedView(long size, int chunks, Digest root, Digest key, Digest plainRoot) {
        static SealedView of(Upload.Sealed sealed) {
            Content.Stored content = sealed.content();
            return new SealedView(
                    content.size(),
                    content.chunkCount(),
                    content.root(),
                    content.key(),
                    sealed.plainRoot());
        }
    }

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/data/uploads",
                        NO_BODY,
                        Answers.json(201, Schema.of(UploadView.class), this::begin))
                .get("/v1/data/uploads/{upload}", Answers.json(UploadView.class, this::progress))
                .put(
                        "/v1/data/uploads/{upload}/chunks/{index}",
                        CHUNK,
                        Answers.json(UploadView.class, this::chunk))
                .post(
                        "/v1/data/uploads/{upload}/seal",
                        NO_BODY,
                        Answers.json(SealedView.class, this::seal))
                .delete("/v1/data/uploads/{upload}", this::abandon);
    }

    private Reply begin(Request request) throws IOException, InterruptedException {
        return Question.reply(
                askers.asker(request),
                account ->
                        Question.reply(
                                Question.id(request),
                                id ->
                                        Question.reply(
                                                size(request), size -> begin(account, id, size))));
    }

    private static Parsed<Long> size(Request request) {
        return Question.number(request, "size", 0)
                .then(size ->
                        size < 1 || size > (long) Content.CHUNK_COUNT_MAX * Content.CHUNK_SIZE_BYTES
                                ? Parsed.refused(
                                        Fault.TOO_LARGE,
                                        "1 byte to %d chunks of %d, not %d bytes"
                                                .formatted(
                                                        Content.CHUNK_COUNT_MAX,
                                                        Content.CHUNK_SIZE_BYTES,
                                                        size))
                                : Parsed.of(size));
    }

    private Reply begin(VerifyingKey account, DataId id, long size)
            throws IOException, InterruptedException {
        return Question.reply(
                vault.begin(account, id, size, askers.now()),
                it -> Reply.json(201, UploadView.of(it)));
    }

    /// An upload of the asker's.
    private record Mine(VerifyingKey account, Digest upload) {}

    private Parsed<Mine> mine(Request request) {
        return askers.asker(request)
                .then(account ->
                        Asked.digest(request.parameter("upload"))
                                .map(upload -> new Mine(account, upload)));
    }

    private Reply progress(Request request) throws IOException, InterruptedException {
        return Question.reply(
                mine(request).then(it -> vault.progress(it.upload, it.account)),
                it -> Reply.json(UploadView.of(it)));
    }

    private Reply chunk(Request request) throws IOException, InterruptedException {
        return Question.reply(
                mine(request),
                it ->
                        Question.reply(
                                Asked.number(request.parameter("index")),
                                index ->
                                        Question.reply(
                                                vault.chunk(
                                                        it.upload,
                                                        it.account,
                                                        (int)
                                                                Math.min(
                                                                        index,
                                                                        Content.CHUNK_COUNT_MAX),
                                                        request.body()),
                                                progress -> Reply.json(UploadView.of(progress)))));
    }

    private Reply seal(Request request) throws IOException, InterruptedException {
        return Question.reply(
                mine(request),
                it ->
                        Question.reply(
                                vault.seal(it.upload, it.account, askers.now()),
                                sealed -> Reply.json(SealedView.of(sealed))));
    }

    private Reply abandon(Request request) throws IOException, InterruptedException {
        return Question.reply(
                mine(request),
                it ->
                        vault.abandon(it.upload, it.account) instanceof Verdict.Rejected why
                                ? Reply.problem(why)
                                : Reply.empty(204));
    }
}
