package org.entente.chain.industrial.http.data;

import org.entente.chain.http.Asked;
import org.entente.chain.industrial.data.DataBook;
import org.entente.chain.industrial.data.ShownChunk;
import org.entente.chain.industrial.vault.Manifest;
import org.entente.chain.industrial.vault.Vault;
import org.entente.chain.industrial.worker.data.Scrub;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.Threads;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How the data of this node is, and what it keeps for others (docs/chains/industrial-data.md
/// §6.5).
public final class KeepRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(KeepRoutes.class);
    private static final int MISSING_COUNT_MAX = 1_024;

    private final Served chain;
    private final Vault vault;
    private final Scrub scrub;
    private final Askers askers;

    public KeepRoutes(Served chain, Vault vault, Scrub scrub, Askers askers) {
        this.chain = chain;
        this.vault = vault;
        this.scrub = scrub;
        this.askers = askers;
    }

    record DamageView(String id, Digest root, int chunk, String found, String why, String code) {
        static DamageView of(Scrub.Damage damage) {
            return new DamageView(
                    damage.id().text(),
                    damage.root(),
                    damage.index(),
                    damage.found().toString(),
                    damage.why(),
                    Fault.DATA_CORRUPT.name());
        }
    }

    record ScrubView(
            boolean running,
            long checked,
            long healed,
            Optional<String> ended,
            List<DamageView> damaged) {
        static ScrubView of(Scrub.State state) {
            return new ScrubView(
                    state.running(),
                    state.checked(),
                    state.healed(),
                    state.ended().map(Object::toString),
                    state.damaged().stream().map(DamageView::of).toList());
        }
    }

    public Routes routes() {
        return Routes.none()
                .get(
                        "/v1/data/scrub",
                        Answers.json(ScrubView.class, _ -> Reply.json(ScrubView.of(scrub.state()))))
                .post(
                        "/v1/data/scrub",
                        Limits.standard().bodySizeMax(0),
                        Answers.json(202, Schema.of(ScrubView.class), this::scrub))
                .put(
                        "/v1/data/replicas/{root}",
                        Limits.standard().bodySizeMax(Manifest.FORMAT.sizeMax()),
                        this::replicate)
                .put(
                        "/v1/data/replicas/{root}/chunks/{index}",
                        Limits.standard().bodySizeMax(ShownChunk.STORED_SIZE_BYTES_MAX),
                        this::take)
                .get("/v1/data/replicas/{root}/chunks/{index}", this::give);
    }

    private Reply scrub(Request request) throws IOException, InterruptedException {
        return Question.reply(
                askers.member(request),
                _ -> {
                    Threads.start("scrub-asked", this::scrub);
                    return Reply.json(202, ScrubView.of(scrub.state()));
                });
    }

    private void scrub() {
        try {
            scrub.run();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("a scrub broke off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Answers which chunks are missing, separated by commas.
    private Reply replicate(Request request) throws IOException, InterruptedException {
        return Question.reply(
                askers.member(request)
                        .then(_ -> Manifest.FORMAT.decode(request.body()))
                        .then(manifest -> wanted(request, manifest)),
                manifest -> {
                    Manifest replica = manifest.replica(askers.now());
                    return vault.replicate(replica) instanceof Verdict.Rejected why
                            ? Reply.problem(why)
                            : Reply.bytes("text/plain", Bytes.utf8(missing(replica)));
                });
    }

    /// Only what the chain knows is kept, so nobody fills this disk with what is nobody's.
    private Parsed<Manifest> wanted(Request request, Manifest manifest) {
        if (!manifest.root().hex().equals(request.parameter("root"))) {
            return Parsed.refused(Fault.UNBOUND, "these chunks make " + manifest.root());
        }
        DataBook.Standing standing =
                new DataBook(chain.last().state()).standing(manifest.id(), manifest.root());
        return switch (standing) {
            case REGISTERED -> Parsed.of(manifest);
            case ERASED -> Parsed.refused(Fault.DATA_ERASED, manifest.id() + " was erased");
            case UNKNOWN ->
                    Parsed.refused(
                            Fault.NOT_FOUND,
                            "%s is not registered for %s, as far as this node knows"
                                    .formatted(manifest.root(), manifest.id()));
        };
    }

    private String missing(Manifest manifest) {
        return IntStream.range(0, manifest.leaves().size())
                .filter(index -> !vault.holds(manifest, index))
                .limit(MISSING_COUNT_MAX)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    /// A chunk of an object that this node has.
    private record Chunk(Manifest manifest, int index) {}

    private Parsed<Chunk> chunk(Request request) throws IOException {
        Parsed<Digest> root =
                askers.member(request).then(_ -> Asked.digest(request.parameter("root")));
        if (root instanceof Parsed.Refused<Digest>(Verdict.Rejected why)) {
            return new Parsed.Refused<>(why);
        }
        return vault.manifest(root.orThrow())
                .then(manifest ->
                        Asked.number(request.parameter("index"))
                                .then(index ->
                                        index < manifest.leaves().size()
                                                ? Parsed.of(new Chunk(manifest, index.intValue()))
                                                : Parsed.refused(
                                                        Fault.NOT_FOUND, "no chunk " + index)));
    }

    private Reply take(Request request) throws IOException, InterruptedException {
        return Question.reply(
                chunk(request),
                it ->
                        vault.heal(it.manifest, it.index, request.body())
                                        instanceof Verdict.Rejected why
                                ? Reply.problem(why)
                                : Reply.empty(204));
    }

    private Reply give(Request request) throws IOException, InterruptedException {
        return Question.reply(
                chunk(request),
                it ->
                        Question.reply(
                                vault.stored(it.manifest, it.index),
                                stored -> Reply.bytes(Question.OCTETS, stored)));
    }
}
