package org.entente.chain.industrial.data;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an owner says of data when it is registered.
///
/// @param device the digest of the certificate of the device that made it
/// @param made when, by the owner's word
/// @param schema how to read it; empty: nobody says
/// @param mime its media type; empty: nobody says
public record Description(
        DataType type,
        Optional<Digest> device,
        Instant made,
        String schema,
        String mime,
        SortedMap<String, String> attributes,
        Optional<Media> media,
        Content content) {
    public static final int TEXT_SIZE_BYTES_MAX = 128;
    public static final int ATTRIBUTE_COUNT_MAX = 32;

    /// Of a name and its value together.
    public static final int ATTRIBUTE_SIZE_BYTES_MAX = 256;

    public Description {
        Texts.require("a schema", schema, TEXT_SIZE_BYTES_MAX);
        Texts.require("a media type", mime, TEXT_SIZE_BYTES_MAX);
        attributes = Sorted.copyOf(attributes);
        if (attributes.size() > ATTRIBUTE_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "at most " + ATTRIBUTE_COUNT_MAX + " attributes, not " + attributes.size());
        }
        attributes.forEach((name, value) ->
                Texts.require("an attribute", name + value, ATTRIBUTE_SIZE_BYTES_MAX));
        boolean fits =
                switch (content) {
                    case Content.Inline _ -> type == DataType.TEXT;
                    case Content.Stored _ -> type != DataType.SERIES;
                    case Content.Batches _ -> type == DataType.SERIES;
                };
        if (!fits) {
            throw new IllegalArgumentException(
                    type + " is not kept as " + content.getClass().getSimpleName());
        }
        boolean seen = type == DataType.IMAGE || type == DataType.VIDEO;
        if (media.isPresent() && !seen) {
            throw new IllegalArgumentException("only images and videos are seen, not " + type);
        }
        if (content instanceof Content.Stored stored) {
            media.map(Media::keyFrames)
                    .filter(all -> !all.isEmpty())
                    .ifPresent(all -> {
                        if (all.getLast().chunk() >= stored.chunkCount()) {
                            throw new IllegalArgumentException(
                                    "a key frame in chunk %d of %d"
                                            .formatted(all.getLast().chunk(), stored.chunkCount()));
                        }
                    });
        }
    }

    private record Attribute(String name, String value) {}

    static void write(Encoder encoder, Description description) {
        List<Attribute> attributes =
                description.attributes.entrySet().stream()
                        .map(each -> new Attribute(each.getKey(), each.getValue()))
                        .toList();
        encoder.coded(description.type)
                .optional(description.device, Encoder::digest)
                .time(description.made)
                .text(description.schema)
                .text(description.mime)
                .list(attributes, (each, it) -> each.text(it.name).text(it.value))
                .optional(description.media, Media::write);
        Content.write(encoder, description.content);
    }

    static Description read(Decoder decoder) {
        return new Description(
                decoder.coded(DataType.class),
                decoder.optional(Decoder::digest),
                decoder.time(),
                decoder.text(TEXT_SIZE_BYTES_MAX),
                decoder.text(TEXT_SIZE_BYTES_MAX),
                attributes(decoder),
                decoder.optional(Media::read),
                Content.read(decoder));
    }

    private static SortedMap<String, String> attributes(Decoder decoder) {
        List<Attribute> read =
                decoder.list(
                        ATTRIBUTE_COUNT_MAX,
                        each ->
                                new Attribute(
                                        each.text(ATTRIBUTE_SIZE_BYTES_MAX),
                                        each.text(ATTRIBUTE_SIZE_BYTES_MAX)));
        Sorted.requireStrictlyAscending(
                read.stream().map(Attribute::name).toList(), "the names of attributes");
        SortedMap<String, String> attributes = new TreeMap<>();
        read.forEach(each -> attributes.put(each.name, each.value));
        return attributes;
    }
}
