package org.entente.relay.http;

import org.entente.certs.Der;
import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.relay.log.Checkpoint;
import org.entente.relay.log.Log;
import org.entente.relay.log.Tiles;
import org.entente.relay.worker.Logs;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The logs for public tools (C2SP tlog-tiles and checkpoints), read-only (docs/log.md §8).
///
/// The relay's signature under a checkpoint says what it shows; it seals nothing.
public final class TileRoutes {
    private static final String OCTETS = "application/octet-stream";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String TILE = "/v1/logs/{log}/tile/{level}";

    /// `x001/x234/067`, then `.p/8` for a piece that is not full; up to three levels of folders.
    private static final Pattern INDEX =
            Pattern.compile("((?:x[0-9]{3}/){0,4})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    private final Logs logs;
    private final URI address;
    private final Signer signer;

    public TileRoutes(Logs logs, URI address, Signer signer) {
        this.logs = logs;
        this.address = address;
        this.signer = signer;
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/logs/{log}/checkpoint", this::checkpoint)
                .get(TILE + "/{a}", request -> tile(request, "a"))
                .get(TILE + "/{a}/{b}", request -> tile(request, "a", "b"))
                .get(TILE + "/{a}/{b}/{c}", request -> tile(request, "a", "b", "c"))
                .get(TILE + "/{a}/{b}/{c}/{d}", request -> tile(request, "a", "b", "c", "d"));
    }

    private Reply checkpoint(Request request) {
        String name = request.parameter("log");
        Optional<Log> log = logs.named(name);
        if (log.isEmpty()) {
            return nothing();
        }
        String origin = address.getAuthority() + "/v1/logs/" + name;
        return Reply.bytes(
                TEXT,
                Checkpoint.of(origin, log.get().tree())
                        .note(signer.key(), digest -> Der.of(signer.sign(digest))));
    }

    private Reply tile(Request request, String... parts) throws IOException {
        Optional<Log> log = logs.named(request.parameter("log"));
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            path.append(path.isEmpty() ? "" : "/").append(request.parameter(part));
        }
        Matcher index = INDEX.matcher(path);
        String level = request.parameter("level");
        if (log.isEmpty()
                || !index.matches()
                || !level.matches("entries|[0-9]|[1-5][0-9]|6[0-3]")) {
            return nothing();
        }
        return tile(log.get(), level, number(index), width(index));
    }

    private static Reply tile(Log log, String level, long index, int width) throws IOException {
        boolean entries = level.equals("entries");
        int there = Tiles.width(entries ? 0 : Integer.parseInt(level), index, log.size());
        if (width > there) {
            return nothing();
        }
        Tiles tiles = new Tiles(log);
        Bytes piece =
                entries
                        ? tiles.entries(index, width)
                        : tiles.hashes(Integer.parseInt(level), index, width);
        return Reply.bytes(OCTETS, piece);
    }

    private static long number(Matcher index) {
        return Long.parseLong(index.group(1).replaceAll("[x/]", "") + index.group(2));
    }

    private static int width(Matcher index) {
        return index.group(3) == null ? Tiles.WIDTH_MAX : Integer.parseInt(index.group(3));
    }

    private static Reply nothing() {
        return Reply.problem(Verdict.rejected(Fault.NOT_FOUND, "there is no such piece of a log"));
    }
}
