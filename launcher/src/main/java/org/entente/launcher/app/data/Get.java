package org.entente.launcher.app.data;

import org.entente.chain.industrial.data.DataId;
import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.launcher.app.solo.NodeOptions;
import org.entente.protocol.Bytes;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// `data get`: fetches stored data into a file, the whole or a part.
final class Get implements Command {
    static final Parameter<String> PURPOSE =
            Parameter.optional(
                    "--purpose", "PURPOSE", "what for; needed by who is granted it", text -> text);
    static final Parameter<Integer> VERSION =
            Parameter.optional("--version", "N", "which; the newest without", Integer::valueOf);
    static final Parameter<Long> PART =
            Parameter.optional("--part", "N", "which part of a series", Long::valueOf);
    private static final Parameter<Path> OUT =
            Parameter.required("--out", "FILE", "where to write it; replaced", Path::of);
    private static final Parameter<Long> FROM =
            Parameter.optional("--from", "BYTE", "the first byte of a part of it", Long::valueOf);
    private static final Parameter<Long> SIZE =
            Parameter.optional("--size", "BYTES", "how many of them", Long::valueOf);
    private static final int BUFFER_SIZE_BYTES = 64 * 1024;

    @Override
    public Usage usage() {
        return new Usage(
                "get",
                "Fetch stored data, which the node decrypts for its owner and who is granted.",
                "FILE, once all of it came.",
                "entente data get press/7/film --out film.mp4 --key account.p12 --node"
                        + " http://127.0.0.1:7700",
                List.of(
                        DataDesk.ID,
                        OUT,
                        VERSION,
                        PART,
                        PURPOSE,
                        FROM,
                        SIZE,
                        NodeOptions.KEY,
                        NodeOptions.NODE,
                        NodeOptions.CERTIFICATE));
    }

    /// Which data, and what for.
    static SortedMap<String, String> asked(Call call) throws Unusable {
        SortedMap<String, String> query = new TreeMap<>(DataDesk.query(call.value(DataDesk.ID)));
        call.optional(VERSION).ifPresent(it -> query.put("version", it.toString()));
        call.optional(PART).ifPresent(it -> query.put("part", it.toString()));
        call.optional(PURPOSE).ifPresent(it -> query.put("purpose", it));
        return query;
    }

    @Override
    public Answer run(Call call) throws Failure {
        DataId id = call.value(DataDesk.ID);
        Path out = call.value(OUT);
        SortedMap<String, String> query = asked(call);
        call.optional(FROM).ifPresent(it -> query.put("from", it.toString()));
        call.optional(SIZE).ifPresent(it -> query.put("size", it.toString()));
        try (DataDesk desk = DataDesk.open(call)) {
            Optional<Bytes> standing = standing(desk, query);
            if (standing.isPresent()) {
                Files.write(out, standing.get().toArray());
                return answer(id, standing.get().size(), out);
            }
            HttpResponse<InputStream> answer = desk.content(query);
            long size =
                    answer.headers()
                            .firstValue("entente-size")
                            .map(Long::valueOf)
                            .orElseThrow(() -> desk.away("it does not say how much there is"));
            Path beside = out.resolveSibling(out.getFileName() + ".part");
            long came;
            try (InputStream in = answer.body();
                    OutputStream to = Files.newOutputStream(beside)) {
                came = copy(call, in, to, size, desk);
            }
            if (came != size) {
                Files.delete(beside);
                throw desk.away("%d of %d bytes came".formatted(came, size));
            }
            Files.move(beside, out, StandardCopyOption.REPLACE_EXISTING);
            return answer(id, size, out);
        } catch (IOException e) {
            throw new Unusable(
                    "cannot write " + out + ": " + e.getMessage(),
                    "Name a file in a directory with room, where this user may write.");
        }
    }

    private static Answer answer(DataId id, long size, Path out) {
        return Answer.of(
                "%d bytes of %s in %s".formatted(size, id, out),
                Fields.of("id", id).and("size", size).and("file", out));
    }

    /// A document that stands on the chain itself; of a file, of a part of a series, of a piece,
    /// nothing.
    private static Optional<Bytes> standing(DataDesk desk, SortedMap<String, String> query)
            throws Failure {
        if (query.containsKey("part") || query.containsKey("from") || query.containsKey("size")) {
            return Optional.empty();
        }
        TreeMap<String, String> asked = new TreeMap<>(query);
        asked.remove("purpose");
        JsonNode inline = desk.get("/v1/data/records", asked).path("version").path("inline");
        return inline.isString() ? Optional.of(Bytes.fromHex(inline.asString())) : Optional.empty();
    }

    private static long copy(Call call, InputStream in, OutputStream to, long size, DataDesk desk)
            throws Failure, IOException {
        byte[] buffer = new byte[BUFFER_SIZE_BYTES];
        long came = 0;
        while (true) {
            Optional<Integer> count = read(in, buffer, desk);
            if (count.isEmpty()) {
                return came;
            }
            to.write(buffer, 0, count.get());
            came += count.get();
            call.progress().say("%d of %d MiB".formatted(came >> 20, size >> 20));
        }
    }

    /// Nothing: the end came. An answer that is cut short is the node's failure, not the file's.
    private static Optional<Integer> read(InputStream in, byte[] buffer, DataDesk desk)
            throws Failure {
        try {
            int count = in.read(buffer);
            return count < 0 ? Optional.empty() : Optional.of(count);
        } catch (IOException e) {
            throw desk.away("the answer broke off: " + e.getMessage());
        }
    }
}
