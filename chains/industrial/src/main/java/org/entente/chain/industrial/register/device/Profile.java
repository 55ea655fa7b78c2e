package org.entente.chain.industrial.register.device;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What an organisation says of a device.
///
/// @param user who works with it
/// @param from when it begins to be believed
/// @param to when it is believed no longer
/// @param silenceMax how long it may say nothing, in whole seconds; empty: as long as it likes
public record Profile(
        String name,
        String model,
        String user,
        Instant from,
        Instant to,
        Optional<Duration> silenceMax) {
    private static final int TEXT_SIZE_BYTES_MAX = 64;

    public Profile {
        Texts.requireSome("a name", name, TEXT_SIZE_BYTES_MAX);
        Texts.requireSome("a model", model, TEXT_SIZE_BYTES_MAX);
        Texts.require("a user", user, TEXT_SIZE_BYTES_MAX);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("not a duration: " + from + " to " + to);
        }
        if (silenceMax.isPresent() && silenceMax.get().toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "a silence has at least a second, not " + silenceMax.get());
        }
    }

    static void write(Encoder encoder, Profile profile) {
        encoder.text(profile.name)
                .text(profile.model)
                .text(profile.user)
                .time(profile.from)
                .time(profile.to)
                .optional(
                        profile.silenceMax,
                        (each, it) -> each.u32(Math.toIntExact(it.toSeconds())));
    }

    static Profile read(Decoder decoder) {
        return new Profile(
                decoder.text(TEXT_SIZE_BYTES_MAX),
                decoder.text(TEXT_SIZE_BYTES_MAX),
                decoder.text(TEXT_SIZE_BYTES_MAX),
                decoder.time(),
                decoder.time(),
                decoder.optional(each -> Duration.ofSeconds(each.u32())));
    }
}
