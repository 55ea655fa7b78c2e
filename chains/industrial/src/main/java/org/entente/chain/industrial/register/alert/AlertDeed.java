package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What is told the register of subscriptions (docs/chains/industrial-registers.md §6.3).
public sealed interface AlertDeed extends Deed {
    List<String> METHODS = List.of("subscribe", "unsubscribe");
    Format<AlertDeed> FORMAT =
            new Format<>(RegisterTag.ALERT_DEED, 1_024, AlertDeed::write, AlertDeed::read);

    /// The subscription's id is the transaction's.
    ///
    /// @param from the height of the first block to hear of
    record Subscribe(Filter filter, long from) implements AlertDeed {}

    /// By whoever subscribed.
    record Unsubscribe(Digest subscription) implements AlertDeed {}

    @Override
    default String method() {
        return switch (this) {
            case Subscribe _ -> "subscribe";
            case Unsubscribe _ -> "unsubscribe";
        };
    }

    private static void write(Encoder encoder, AlertDeed deed) {
        switch (deed) {
            case Subscribe(Filter filter, long from) -> {
                Filter.write(encoder.u8(1), filter);
                encoder.u64(from);
            }
            case Unsubscribe(Digest subscription) -> encoder.u8(2).digest(subscription);
        }
    }

    private static AlertDeed read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Subscribe(Filter.read(decoder), decoder.u64());
            case 2 -> new Unsubscribe(decoder.digest());
            default -> throw new IllegalArgumentException("no deed has the number " + kind);
        };
    }
}
