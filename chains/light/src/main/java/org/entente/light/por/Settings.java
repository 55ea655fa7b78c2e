package org.entente.light.por;

import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a chain of this kind begins: what stands in its genesis (docs/chains/por.md §1.1).
///
/// @param rules of block 1
/// @param history what is taken to have been before block 1
/// @param slack whether a member that makes no block for 2n blocks is removed
/// @param membersMin how many members are left by that at least
/// @param skewMax how far ahead of a node's clock a block may be
public record Settings(
        Rules rules,
        History history,
        Slack slack,
        int membersMin,
        int blockSizeBytesMax,
        int transactionCountMax,
        Duration skewMax) {
    public static final Format<Settings> FORMAT =
            new Format<>(PorTag.SETTINGS, 128 * 1024, Settings::write, Settings::read);
    public static final int BLOCK_SIZE_BYTES_MAX = 4 << 20;
    private static final int TRANSACTION_COUNT_MAX = 8_192;
    private static final int SKEW_MILLIS_MAX = 3_600_000;

    /// What is taken to have been before block 1.
    public enum History implements Coded {
        /// Nothing: whoever is first makes block 1 without any work.
        NONE(1),

        /// Everybody made a block in turn, twice; the first member's turn is next.
        ROUND(2);

        private final int code;

        History(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /// Whether members that make no blocks are removed.
    public enum Slack implements Coded {
        STAYS(1),
        IS_REMOVED(2);

        private final int code;

        Slack(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Settings {
        if (membersMin < 1 || membersMin > rules.count()) {
            throw new IllegalArgumentException(
                    membersMin + " members are to be left of " + rules.count());
        }
        if (blockSizeBytesMax < 1 << 16 || blockSizeBytesMax > BLOCK_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException("blocks of " + blockSizeBytesMax + " bytes");
        }
        if (transactionCountMax < 1 || transactionCountMax > TRANSACTION_COUNT_MAX) {
            throw new IllegalArgumentException("blocks of " + transactionCountMax);
        }
        if (skewMax.toMillis() < 1_000 || skewMax.toMillis() > SKEW_MILLIS_MAX) {
            throw new IllegalArgumentException("clocks may differ by " + skewMax);
        }
    }

    /// Who made the blocks before block 1, the newest first.
    public List<VerifyingKey> before() {
        List<VerifyingKey> newestFirst = new ArrayList<>();
        if (history == History.ROUND) {
            for (int round = 0; round < 2; round++) {
                rules.members().reversed().forEach(each -> newestFirst.add(each.account()));
            }
        }
        return newestFirst;
    }

    private static void write(Encoder encoder, Settings settings) {
        Rules.write(encoder, settings.rules);
        encoder.coded(settings.history)
                .coded(settings.slack)
                .u32(settings.membersMin)
                .u32(settings.blockSizeBytesMax)
                .u32(settings.transactionCountMax)
                .u32((int) settings.skewMax.toMillis());
    }

    private static Settings read(Decoder decoder) {
        return new Settings(
                Rules.read(decoder),
                decoder.coded(History.class),
                decoder.coded(Slack.class),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                Duration.ofMillis(decoder.u32()));
    }
}
