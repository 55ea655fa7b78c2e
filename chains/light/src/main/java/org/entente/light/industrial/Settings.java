package org.entente.light.industrial;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Duration;

/// How a chain of this kind begins: what stands in its genesis, whose creators are its members
/// (docs/chains/industrial.md §1).
///
/// @param seats how many seal, 3f+1; [Lottery#seats] usually, all members for PBFT as it was
/// @param epochBlocks after so many blocks seats are drawn anew
/// @param heartbeatBlocks the last so many of an epoch take heartbeats
/// @param skewMax how far ahead of a node's clock a block may be
public record Settings(
        int seats, int epochBlocks, int heartbeatBlocks, Duration skewMax, Rates rates) {
    public static final Format<Settings> FORMAT =
            new Format<>(IcbTag.SETTINGS, 512, Settings::write, Settings::read);
    private static final int EPOCH_BLOCKS_MAX = 1_000_000;

    public Settings {
        if (seats < 4 || seats > Sealers.COUNT_MAX || seats % 3 != 1) {
            throw new IllegalArgumentException("seats are 3f+1, at least 4, not " + seats);
        }
        if (heartbeatBlocks < 2 || epochBlocks <= heartbeatBlocks) {
            throw new IllegalArgumentException(
                    "heartbeats in the last " + heartbeatBlocks + " of " + epochBlocks);
        }
        if (epochBlocks > EPOCH_BLOCKS_MAX || skewMax.isNegative()) {
            throw new IllegalArgumentException(
                    "epochs of " + epochBlocks + " blocks, a skew of " + skewMax);
        }
    }

    public long epoch(long height) {
        return (height - 1) / epochBlocks;
    }

    /// The last height of an epoch, whose state has the sealers of the next.
    public long last(long epoch) {
        return Math.multiplyExact(epoch + 1, (long) epochBlocks);
    }

    public boolean isLast(long height) {
        return height % epochBlocks == 0;
    }

    /// Whether a block of this height takes heartbeats.
    public boolean isWindow(long height) {
        return (height - 1) % epochBlocks >= epochBlocks - heartbeatBlocks;
    }

    /// Whether it is the first that does: heartbeats name the block before it.
    public boolean opensWindow(long height) {
        return (height - 1) % epochBlocks == epochBlocks - heartbeatBlocks;
    }

    private static void write(Encoder encoder, Settings settings) {
        encoder.u32(settings.seats)
                .u32(settings.epochBlocks)
                .u32(settings.heartbeatBlocks)
                .u32((int) settings.skewMax.toMillis());
        Rates.write(encoder, settings.rates);
    }

    private static Settings read(Decoder decoder) {
        return new Settings(
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                Duration.ofMillis(decoder.u32()),
                Rates.read(decoder));
    }
}
