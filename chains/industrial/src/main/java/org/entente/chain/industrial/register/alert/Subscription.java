package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// That an account wants to hear of something, from a height on.
///
/// @param at the time of the block that has it
public record Subscription(VerifyingKey by, Filter filter, long from, Instant at) {
    public static final Format<Subscription> FORMAT =
            new Format<>(
                    RegisterTag.SUBSCRIPTION,
                    1_024,
                    (encoder, it) -> {
                        Filter.write(encoder.key(it.by), it.filter);
                        encoder.u64(it.from).time(it.at);
                    },
                    decoder ->
                            new Subscription(
                                    decoder.key(),
                                    Filter.read(decoder),
                                    decoder.u64(),
                                    decoder.time()));
}
