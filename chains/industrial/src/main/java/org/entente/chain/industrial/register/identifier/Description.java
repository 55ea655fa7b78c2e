package org.entente.chain.industrial.register.identifier;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What an owner says of a thing.
///
/// @param endpoints where it is resolved further
/// @param data the id of the latest data about it; empty: there is none
/// @param hash of what the endpoints show
/// @param level who is told the endpoints, the data and the hash
/// @param readers whom GRANTED names beside the owner
public record Description(
        Name type,
        List<String> endpoints,
        String data,
        Optional<Digest> hash,
        Level level,
        SortedSet<OrganisationId> readers) {
    public static final int TEXT_SIZE_BYTES_MAX = 256;
    public static final int DATA_SIZE_BYTES_MAX = 128;
    public static final int ENDPOINT_COUNT_MAX = 8;
    public static final int READER_COUNT_MAX = 64;

    public Description {
        endpoints = List.copyOf(endpoints);
        readers = Sorted.copyOf(readers);
        if (endpoints.size() > ENDPOINT_COUNT_MAX || readers.size() > READER_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "%d endpoints and %d readers; %d and %d are allowed"
                            .formatted(
                                    endpoints.size(),
                                    readers.size(),
                                    ENDPOINT_COUNT_MAX,
                                    READER_COUNT_MAX));
        }
        endpoints.forEach(each -> Texts.requireSome("an endpoint", each, TEXT_SIZE_BYTES_MAX));
        Texts.require("the id of data", data, DATA_SIZE_BYTES_MAX);
        if (level != Level.GRANTED && !readers.isEmpty()) {
            throw new IllegalArgumentException("readers are named for GRANTED, not for " + level);
        }
    }

    static void write(Encoder encoder, Description description) {
        encoder.name(description.type)
                .list(description.endpoints, Encoder::text)
                .text(description.data)
                .optional(description.hash, Encoder::digest)
                .coded(description.level)
                .list(description.readers, Encoder::organisation);
    }

    static Description read(Decoder decoder) {
        Name type = decoder.name();
        List<String> endpoints =
                decoder.list(ENDPOINT_COUNT_MAX, each -> each.text(TEXT_SIZE_BYTES_MAX));
        String data = decoder.text(DATA_SIZE_BYTES_MAX);
        Optional<Digest> hash = decoder.optional(Decoder::digest);
        Level level = decoder.coded(Level.class);
        List<OrganisationId> readers = decoder.list(READER_COUNT_MAX, Decoder::organisation);
        Sorted.requireStrictlyAscending(readers, "readers");
        return new Description(type, endpoints, data, hash, level, Sorted.copyOf(readers));
    }
}
