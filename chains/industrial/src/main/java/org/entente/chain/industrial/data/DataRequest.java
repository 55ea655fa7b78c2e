package org.entente.chain.industrial.data;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an account signs to ask a node for data: nothing of it passes for another request, another
/// chain or another minute (docs/chains/industrial-data.md §6.1).
///
/// @param path as it is sent
/// @param query decoded
/// @param body digest of the body, of nothing where there is none
public record DataRequest(
        ChainId chain,
        String method,
        String path,
        SortedMap<String, String> query,
        Digest body,
        Instant time) {
    public static final Duration AGE_MAX = Duration.ofSeconds(60);
    private static final int WORD_SIZE_BYTES_MAX = 512;
    private static final int QUERY_COUNT_MAX = 16;
    public static final Format<DataRequest> FORMAT =
            new Format<>(DataTag.REQUEST, 32 * 1024, DataRequest::write, DataRequest::read);

    public DataRequest {
        query = Sorted.copyOf(query);
    }

    /// What is signed.
    public Digest digest() {
        return FORMAT.digest(this);
    }

    /// Whether it is of this minute.
    public boolean isOf(Instant now) {
        return Duration.between(time, now).abs().compareTo(AGE_MAX) <= 0;
    }

    private static void write(Encoder encoder, DataRequest request) {
        encoder.chain(request.chain)
                .text(request.method)
                .text(request.path)
                .list(
                        request.query.entrySet(),
                        (each, it) -> each.text(it.getKey()).text(it.getValue()))
                .digest(request.body)
                .time(request.time);
    }

    private static DataRequest read(Decoder decoder) {
        return new DataRequest(
                decoder.chain(),
                decoder.text(WORD_SIZE_BYTES_MAX),
                decoder.text(WORD_SIZE_BYTES_MAX),
                query(decoder),
                decoder.digest(),
                decoder.time());
    }

    private static SortedMap<String, String> query(Decoder decoder) {
        List<Map.Entry<String, String>> read =
                decoder.list(
                        QUERY_COUNT_MAX,
                        each ->
                                Map.entry(
                                        each.text(WORD_SIZE_BYTES_MAX),
                                        each.text(WORD_SIZE_BYTES_MAX)));
        Sorted.requireStrictlyAscending(
                read.stream().map(Map.Entry::getKey).toList(), "the parameters of a query");
        SortedMap<String, String> query = new TreeMap<>();
        read.forEach(each -> query.put(each.getKey(), each.getValue()));
        return query;
    }
}
