package org.entente.protocol.link;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;

import java.util.List;

/// What the relay asks of an agent or tells it. Each can be said again with no further effect.
public sealed interface ToAgent {
    Format<ToAgent> FORMAT =
            new Format<>(
                    Purpose.TO_AGENT, Frames.MESSAGE_SIZE_BYTES_MAX, ToAgent::write, ToAgent::read);

    /// Run the node contract of this request and propose.
    record Propose(Ask ask, Bytes arguments) implements ToAgent {}

    /// Run it too, and vouch for this proposal if yours says the same.
    record Endorse(Sequence sequence, Bytes arguments, ReadSet readSet, WriteSet writeSet)
            implements ToAgent {}

    /// Say at which versions these keys of the chains' own are, for this submission.
    record Attest(AllianceId alliance, Digest submission, List<AskedKeys> chains)
            implements ToAgent {
        public Attest {
            chains = List.copyOf(chains);
        }
    }

    /// The log has grown to a size: follow it there, and seal at exactly this size.
    record Grown(AllianceId alliance, long size) implements ToAgent {}

    /// A majority has sealed.
    record Certified(Sealed sealed) implements ToAgent {}

    /// Bring the entry of a serial, an exchange or a cancellation, to its inbox contract.
    record Bring(AllianceId alliance, long serial) implements ToAgent {}

    /// Watch how the inbox contract ends the exchange of a serial, and vouch for it once final.
    record Observe(AllianceId alliance, long serial) implements ToAgent {}

    /// The message does not fit a frame; it lies among the payloads under its digest.
    record Elsewhere(Digest message) implements ToAgent {}

    /// Say what the inbox contract has of this exchange, which is settled so in the log.
    record Look(Settlement settlement) implements ToAgent {}

    /// Bring once more what ended so: its chain has lost it.
    ///
    /// @param serial of the EXCHANGE entry, or of the CANCEL entry for what was cancelled
    record BringAgain(Settlement settlement, long serial) implements ToAgent {}

    private static void write(Encoder encoder, ToAgent message) {
        switch (message) {
            case Propose(Ask ask, Bytes arguments) -> {
                Ask.writeFields(encoder.u8(1), ask);
                encoder.bytes(arguments);
            }
            case Endorse(Sequence sequence, Bytes arguments, ReadSet reads, WriteSet writes) -> {
                Sequence.writeFields(encoder.u8(2), sequence);
                encoder.bytes(arguments);
                ReadSet.writeFields(encoder, reads);
                WriteSet.writeFields(encoder, writes);
            }
            case Attest(AllianceId alliance, Digest submission, List<AskedKeys> chains) ->
                    encoder.u8(3)
                            .alliance(alliance)
                            .digest(submission)
                            .list(chains, AskedKeys::write);
            case Grown(AllianceId alliance, long size) ->
                    encoder.u8(4).alliance(alliance).u64(size);
            case Certified(Sealed sealed) -> Sealed.writeFields(encoder.u8(5), sealed);
            case Bring(AllianceId alliance, long serial) ->
                    encoder.u8(6).alliance(alliance).u64(serial);
            case Observe(AllianceId alliance, long serial) ->
                    encoder.u8(7).alliance(alliance).u64(serial);
            case Elsewhere(Digest digest) -> encoder.u8(8).digest(digest);
            case Look(Settlement settlement) -> Settlement.write(encoder.u8(9), settlement);
            case BringAgain(Settlement settlement, long serial) -> {
                Settlement.write(encoder.u8(10), settlement);
                encoder.u64(serial);
            }
        }
    }

    private static ToAgent read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Propose(
                            Ask.readFields(decoder), decoder.bytes(Asked.ARGUMENTS_SIZE_BYTES_MAX));
            case 2 ->
                    new Endorse(
                            Sequence.readFields(decoder),
                            decoder.bytes(Asked.ARGUMENTS_SIZE_BYTES_MAX),
                            ReadSet.readFields(decoder),
                            WriteSet.readFields(decoder));
            case 3 ->
                    new Attest(
                            decoder.alliance(),
                            decoder.digest(),
                            decoder.list(AskedKeys.CHAIN_COUNT_MAX, AskedKeys::read));
            case 4 -> new Grown(decoder.alliance(), decoder.u64());
            case 5 -> new Certified(Sealed.readFields(decoder));
            case 6 -> new Bring(decoder.alliance(), decoder.u64());
            case 7 -> new Observe(decoder.alliance(), decoder.u64());
            case 8 -> new Elsewhere(decoder.digest());
            case 9 -> new Look(Settlement.read(decoder));
            case 10 -> new BringAgain(Settlement.read(decoder), decoder.u64());
            default ->
                    throw new IllegalArgumentException("no message to an agent has kind " + kind);
        };
    }
}
