package org.entente.chain.industrial.data;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.time.Instant;

/// What an account signs to ask a node for data: nothing of it passes for another request, another
/// chain or another minute (docs/chains/industrial-data.md §6.1).
///
/// @param target path and query as they are sent
/// @param body digest of the body, of nothing where there is none
public record DataRequest(ChainId chain, String method, String target, Digest body, Instant time) {
    public static final Duration AGE_MAX = Duration.ofSeconds(60);
    public static final Format<DataRequest> FORMAT =
            new Format<>(
                    DataTag.REQUEST,
                    8_192,
                    (encoder, it) ->
                            encoder.chain(it.chain)
                                    .text(it.method)
                                    .text(it.target)
                                    .digest(it.body)
                                    .time(it.time),
                    decoder ->
                            new DataRequest(
                                    decoder.chain(),
                                    decoder.text(16),
                                    decoder.text(4_096),
                                    decoder.digest(),
                                    decoder.time()));

    /// What is signed.
    public Digest digest() {
        return FORMAT.digest(this);
    }

    /// Whether it is of this minute.
    public boolean isOf(Instant now) {
        return Duration.between(time, now).abs().compareTo(AGE_MAX) <= 0;
    }
}
