package org.entente.light.industrial;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// Whose turn it is to propose which block: of each height, views are counted from 0.
public record Turn(long epoch, int view, long height) {
    public Turn {
        if (epoch < 0 || view < 0 || height < 1) {
            throw new IllegalArgumentException(
                    "no turn is epoch " + epoch + ", view " + view + ", height " + height);
        }
    }

    public Turn with(int next) {
        return new Turn(epoch, next, height);
    }

    public static void write(Encoder encoder, Turn turn) {
        encoder.u64(turn.epoch).u32(turn.view).u64(turn.height);
    }

    public static Turn read(Decoder decoder) {
        return new Turn(decoder.u64(), decoder.u32(), decoder.u64());
    }
}
