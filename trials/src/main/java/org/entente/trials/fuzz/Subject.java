package org.entente.trials.fuzz;

import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One decoder under trial.
///
/// @param seeds sound inputs that mutations start from
/// @param again decodes and encodes again; empty when the input is refused
public record Subject(String name, List<Bytes> seeds, Function<Bytes, Optional<Bytes>> again) {
    public Subject {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException(name + " needs a sound input to start from");
        }
    }

    public static <T> Subject of(String name, Format<T> format, List<Bytes> seeds) {
        return of(name, seeds, format::decode, format::encode);
    }

    public static <T> Subject of(
            String name,
            List<Bytes> seeds,
            Function<Bytes, Parsed<T>> decode,
            Function<T, Bytes> encode) {
        return new Subject(
                name,
                seeds,
                input ->
                        switch (decode.apply(input)) {
                            case Parsed.Value<T>(T value) -> Optional.of(encode.apply(value));
                            case Parsed.Refused<T> _ -> Optional.empty();
                        });
    }
}
