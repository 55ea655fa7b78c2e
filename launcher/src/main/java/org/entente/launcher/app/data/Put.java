package org.entente.launcher.app.data;

import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataType;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.data.Media;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.launcher.app.solo.NodeOptions;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// `data put`: sends a file to the node and registers it.
final class Put implements Command {
    private static final Parameter<Path> FILE =
            Parameter.argument("FILE", "the file to store", Path::of);
    private static final Parameter<DataType> TYPE =
            Parameter.optional(
                    "--type",
                    "TYPE",
                    "text, image, video or binary, which it is without",
                    text -> DataType.valueOf(text.toUpperCase(Locale.ROOT)));
    private static final Parameter<String> MIME =
            Parameter.optional("--mime", "MIME", "its media type", text -> text);
    private static final Parameter<String> SCHEMA =
            Parameter.optional("--schema", "SCHEMA", "how to read it", text -> text);
    private static final Parameter<List<String>> ATTRIBUTES =
            Parameter.optional(
                    "--attributes",
                    "NAME=VALUE,…",
                    "what else to say of it",
                    Parameter.separated(text -> text));
    private static final Parameter<Media> MEDIA =
            Parameter.optional(
                    "--media",
                    "WIDTHxHEIGHT[xMILLIS]",
                    "what an image or a video is like",
                    Put::media);
    private static final Parameter<String> INLINE =
            Parameter.flag("--inline", "a text on the chain itself: for everyone, and for ever");
    private static final Parameter<Digest> RESUME =
            Parameter.optional(
                    "--resume", "UPLOAD", "go on with an upload that broke off", Digest::fromHex);

    private static Media media(String text) {
        String[] parts = text.split("x", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("written 1920x1080 or 1920x1080x60000");
        }
        return new Media(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                parts.length == 3 ? Long.parseLong(parts[2]) : 0,
                List.of());
    }

    @Override
    public Usage usage() {
        return new Usage(
                "put",
                "Store a file with a node, encrypted, and register it: as ID's first version, or"
                        + " its next.",
                "the node's vault, and the chain.",
                "entente data put press.mp4 press/7/film --type video --media 1920x1080x60000 --key"
                        + " account.p12 --node http://127.0.0.1:7700",
                List.of(
                        FILE,
                        DataDesk.ID,
                        TYPE,
                        MIME,
                        SCHEMA,
                        DataDesk.DEVICE,
                        ATTRIBUTES,
                        MEDIA,
                        INLINE,
                        RESUME,
                        NodeOptions.KEY,
                        NodeOptions.NODE,
                        NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Path file = call.value(FILE);
        DataId id = call.value(DataDesk.ID);
        try (DataDesk desk = DataDesk.open(call)) {
            Content content =
                    call.has(INLINE) ? inline(file) : new Sending(call, desk, file, id).send();
            Description description = described(call, content);
            Optional<JsonNode> before = desk.record(id);
            int version = before.map(it -> it.path("versions").asInt() + 1).orElse(1);
            SoloChain.Included included =
                    desk.tell(
                            before.isPresent()
                                    ? new DataDeed.Append(id, version, description)
                                    : new DataDeed.Register(id, description));
            return Answer.of(
                    "%s version %d in block %d".formatted(id, version, included.height()),
                    Fields.of("id", id)
                            .and("version", version)
                            .and("height", included.height())
                            .and("transaction", included.id())
                            .and(
                                    "root",
                                    content instanceof Content.Stored stored
                                            ? Optional.of(stored.root())
                                            : Optional.empty()));
        }
    }

    private static Content inline(Path file) throws Unusable {
        try {
            if (Files.size(file) > Content.INLINE_SIZE_BYTES_MAX) {
                throw new Unusable(
                        file + " has " + Files.size(file) + " bytes",
                        "Inline are at most "
                                + Content.INLINE_SIZE_BYTES_MAX
                                + ": store it without --inline.");
            }
            return new Content.Inline(Bytes.copyOf(Files.readAllBytes(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    private static Unusable unreadable(Path file, Exception why) {
        return new Unusable(
                "cannot read " + file + ": " + why.getMessage(),
                "Name a file with at least one byte.");
    }

    private static Description described(Call call, Content content) throws Unusable {
        DataType usual = call.has(INLINE) ? DataType.TEXT : DataType.BINARY;
        SortedMap<String, String> attributes = new TreeMap<>();
        for (String each : call.value(ATTRIBUTES, List.of())) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new Unusable("'" + each + "' is no attribute", "Write NAME=VALUE.");
            }
            attributes.put(each.substring(0, equals), each.substring(equals + 1));
        }
        try {
            return new Description(
                    call.value(TYPE, usual),
                    call.optional(DataDesk.DEVICE),
                    call.world().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                    call.value(SCHEMA, ""),
                    call.value(MIME, ""),
                    Sorted.copyOf(attributes),
                    call.optional(MEDIA),
                    content);
        } catch (IllegalArgumentException e) {
            throw new Unusable(
                    "it cannot be described so: " + e.getMessage(), "Correct what it names.");
        }
    }

    /// One upload.
    private record Sending(Call call, DataDesk desk, Path file, DataId id) {
        private Content.Stored send() throws Failure {
            try (InputStream in = Files.newInputStream(file)) {
                return send(in, Files.size(file));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }

        private Content.Stored send(InputStream in, long size) throws Failure, IOException {
            JsonNode begun = begun(size);
            String path = "/v1/data/uploads/" + begun.path("upload").asString();
            int next = begun.path("next").asInt();
            int count = Chunks.count(size);
            List<Digest> leaves = new ArrayList<>();
            try {
                for (int index = 0; index < count; index++) {
                    Bytes chunk = Bytes.copyOf(in.readNBytes(Chunks.size(index, size)));
                    leaves.add(Chunks.leaf(chunk));
                    if (index >= next) {
                        desk.ask("PUT", path + "/chunks/" + index, Sorted.empty(), chunk);
                    }
                    call.progress().say("sent %d of %d MiB".formatted(index / 4, (count + 3) / 4));
                }
            } catch (Failure e) {
                call.world()
                        .err()
                        .println("go on with: --resume " + begun.path("upload").asString());
                throw e;
            }
            JsonNode sealed = desk.ask("POST", path + "/seal", Sorted.empty(), Bytes.EMPTY);
            String plain = Chunks.tree(leaves).root().hex();
            if (!sealed.path("plainRoot").asString().equals(plain)) {
                throw new Refused(Fault.UNBOUND, "the node stored other bytes than were sent");
            }
            return new Content.Stored(
                    size,
                    Digest.fromHex(sealed.path("root").asString()),
                    Digest.fromHex(sealed.path("key").asString()));
        }

        private JsonNode begun(long size) throws Failure {
            Optional<Digest> resumed = call.optional(RESUME);
            if (resumed.isEmpty()) {
                return desk.ask(
                        "POST",
                        "/v1/data/uploads",
                        DataDesk.query(id, "size", Long.toString(size)),
                        Bytes.EMPTY);
            }
            JsonNode found = desk.get("/v1/data/uploads/" + resumed.get(), Sorted.empty());
            if (found.path("size").asLong() != size
                    || !found.path("id").asString().equals(id.text())) {
                throw new Unusable(
                        "that upload is of %s with %d bytes"
                                .formatted(
                                        found.path("id").asString(), found.path("size").asLong()),
                        "Name the same file and ID as before.");
            }
            return found;
        }
    }
}
