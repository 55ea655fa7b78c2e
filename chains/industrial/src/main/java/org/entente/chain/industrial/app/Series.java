package org.entente.chain.industrial.app;

import org.entente.chain.Action;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataType;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.Reading;
import org.entente.chain.industrial.data.Readings;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Each account is a device with a series: it registers it, and then sends batches of readings, a
/// hundred a second of its own time.
///
/// @param begun when each device began to measure
record Series(Instant begun, int readings) implements Work {
    private static final long EVERY_NANOS = Duration.ofMillis(10).toNanos();
    private static final int SCALE = 2;
    private static final int ID_SIZE_BYTES = 16;

    @Override
    public Action next(VerifyingKey account, long nonce) {
        DataId id = id(account);
        DataDeed deed = nonce == 0 ? registered(id) : batch(id, nonce - 1);
        return new Action.Call(
                DataContract.NAME, deed.method(), DataDeed.FORMAT.encode(deed), Optional.empty());
    }

    static DataId id(VerifyingKey account) {
        return new DataId("load/" + account.bytes().slice(0, ID_SIZE_BYTES));
    }

    private DataDeed registered(DataId id) {
        return new DataDeed.Register(
                id,
                new Description(
                        DataType.SERIES,
                        Optional.empty(),
                        begun,
                        "",
                        "",
                        Sorted.empty(),
                        Optional.empty(),
                        new Content.Batches(SCALE, "°C")));
    }

    private DataDeed batch(DataId id, long number) {
        List<Reading> all = new ArrayList<>(readings);
        long first = begun.getEpochSecond() * 1_000_000_000L + number * readings * EVERY_NANOS;
        for (int index = 0; index < readings; index++) {
            long swing = (number * readings + index) % 100;
            all.add(new Reading(first + index * EVERY_NANOS, 2_000 + swing, 0));
        }
        Readings made = new Readings(all);
        return new DataDeed.Batch(
                id,
                number,
                new Part.Batch(
                        Part.Timing.IN_TURN,
                        made.summary().orThrow(),
                        new Content.Inline(made.encoded()),
                        Optional.empty()));
    }
}
