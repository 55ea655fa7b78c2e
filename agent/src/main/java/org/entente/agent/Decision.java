package org.entente.agent;

import org.entente.adapter.Prepared;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.link.Break;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.protocol.merkle.Frontier;

import java.time.Instant;

/// What a seat must not forget: each is durable before what follows from it leaves (protocol.md
/// §6.4). Local to the agent's journal.
public sealed interface Decision {
    Format<Decision> FORMAT =
            new Format<>(
                    AgentTag.DECISION,
                    Delivery.FORMAT.sizeMax() + 64 * 1024,
                    Decision::write,
                    Decision::read);

    /// The recorded time, which never decreases.
    record Time(Instant at) implements Decision {}

    /// What is proposed for a request, now and whenever it is asked again.
    record Proposed(Proposal proposal, Instant notAfter, ReadSet reads, WriteSet writes)
            implements Decision {}

    /// The one proposal that is endorsed for a request.
    record Endorsed(Digest request, Digest proposal, Instant notAfter) implements Decision {}

    /// The log is sealed up to here: no other root for this size, and no other log.
    record Sealing(Frontier frontier, long epoch, Instant time) implements Decision {}

    /// A majority's seal, which the relay's log must reach.
    record Certified(Sealed sealed) implements Decision {}

    /// The one settlement that is vouched for a serial.
    record Observed(Settlement settlement) implements Decision {}

    /// A transaction that is sent until its end is known.
    record Stored(Errand errand, ChainId chain, Prepared prepared) implements Decision {}

    /// The end of what was stored is known.
    record Finished(Errand errand, ChainId chain) implements Decision {}

    /// What is said of a chain whose final block was replaced, now and whenever it is said again.
    record Broke(Break said) implements Decision {}

    private static void write(Encoder encoder, Decision decision) {
        switch (decision) {
            case Time(Instant at) -> encoder.u8(1).time(at);
            case Proposed(Proposal proposal, Instant notAfter, ReadSet reads, WriteSet writes) -> {
                Proposal.write(encoder.u8(2), proposal);
                encoder.time(notAfter);
                ReadSet.writeFields(encoder, reads);
                WriteSet.writeFields(encoder, writes);
            }
            case Endorsed(Digest request, Digest proposal, Instant notAfter) ->
                    encoder.u8(3).digest(request).digest(proposal).time(notAfter);
            case Sealing(Frontier frontier, long epoch, Instant time) ->
                    encoder.u8(4).bytes(Frontier.FORMAT.encode(frontier)).u64(epoch).time(time);
            case Certified(Sealed sealed) -> Sealed.writeFields(encoder.u8(5), sealed);
            case Observed(Settlement settlement) -> Settlement.write(encoder.u8(6), settlement);
            case Stored(Errand errand, ChainId chain, Prepared prepared) -> {
                Errand.write(encoder.u8(7), errand);
                encoder.chain(chain).bytes(prepared.id()).bytes(prepared.bytes());
            }
            case Finished(Errand errand, ChainId chain) -> {
                Errand.write(encoder.u8(8), errand);
                encoder.chain(chain);
            }
            case Broke(Break said) -> Break.write(encoder.u8(9), said);
        }
    }

    private static Decision read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Time(decoder.time());
            case 2 ->
                    new Proposed(
                            Proposal.read(decoder),
                            decoder.time(),
                            ReadSet.readFields(decoder),
                            WriteSet.readFields(decoder));
            case 3 -> new Endorsed(decoder.digest(), decoder.digest(), decoder.time());
            case 4 ->
                    new Sealing(
                            Frontier.FORMAT
                                    .decode(decoder.bytes(Frontier.FORMAT.sizeMax()))
                                    .orThrow(),
                            decoder.u64(),
                            decoder.time());
            case 5 -> new Certified(Sealed.readFields(decoder));
            case 6 -> new Observed(Settlement.read(decoder));
            case 7 ->
                    new Stored(
                            Errand.read(decoder),
                            decoder.chain(),
                            new Prepared(
                                    decoder.bytes(Prepared.ID_SIZE_BYTES_MAX),
                                    decoder.bytes(FORMAT.sizeMax())));
            case 8 -> new Finished(Errand.read(decoder), decoder.chain());
            case 9 -> new Broke(Break.read(decoder));
            default -> throw new IllegalArgumentException("no decision has kind " + kind);
        };
    }
}
