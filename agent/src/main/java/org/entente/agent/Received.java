package org.entente.agent;

import org.entente.protocol.AllianceId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.WriteSet;

import java.time.Instant;

/// An exchange that was applied at an inbox of this organisation's chain (protocol.md §6.7).
///
/// @param settled the serial of the entry that says so; it orders what applications receive
public record Received(
        AllianceId alliance,
        long serial,
        long settled,
        Request request,
        WriteSet writes,
        Instant settledAt) {
    public static final Format<Received> FORMAT =
            new Format<>(
                    AgentTag.RECEIVED,
                    WriteSet.FORMAT.sizeMax() + 4 * 1024,
                    Received::write,
                    Received::read);

    private static void write(Encoder encoder, Received received) {
        encoder.alliance(received.alliance).u64(received.serial).u64(received.settled);
        Request.write(encoder, received.request);
        WriteSet.writeFields(encoder, received.writes);
        encoder.time(received.settledAt);
    }

    private static Received read(Decoder decoder) {
        return new Received(
                decoder.alliance(),
                decoder.u64(),
                decoder.u64(),
                Request.read(decoder),
                WriteSet.readFields(decoder),
                decoder.time());
    }
}
