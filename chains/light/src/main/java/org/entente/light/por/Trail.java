package org.entente.light.por;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What a node shows to whoever follows its chain without its transactions.
///
/// @param certificates of consecutive blocks
/// @param rules those that begin at one of them
public record Trail(List<Certificate> certificates, List<Rules> rules) {
    public static final int COUNT_MAX = 512;
    public static final int RULES_COUNT_MAX = 16;
    public static final Format<Trail> FORMAT =
            new Format<>(PorTag.TRAIL, 4 << 20, Trail::write, Trail::read);

    public Trail {
        certificates = List.copyOf(certificates);
        rules = List.copyOf(rules);
    }

    private static void write(Encoder encoder, Trail trail) {
        encoder.list(trail.certificates, Certificate::write).list(trail.rules, Rules::write);
    }

    private static Trail read(Decoder decoder) {
        return new Trail(
                decoder.list(COUNT_MAX, Certificate::read),
                decoder.list(RULES_COUNT_MAX, Rules::read));
    }
}
