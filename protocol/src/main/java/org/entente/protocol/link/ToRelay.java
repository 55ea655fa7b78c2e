package org.entente.protocol.link;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Attestation;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;

import java.util.List;

/// What an agent says to the relay. Who says it is known from the certificate of the connection;
/// what matters to others is signed.
public sealed interface ToRelay {
    Format<ToRelay> FORMAT =
            new Format<>(
                    Purpose.TO_RELAY, Frames.MESSAGE_SIZE_BYTES_MAX, ToRelay::write, ToRelay::read);

    /// How many alliances one agent may belong to.
    int ALLIANCE_COUNT_MAX = 256;

    /// The first message of a connection.
    ///
    /// @param term the session's number, stored by the agent before it connects; higher displaces
    ///   lower
    /// @param newest of each alliance the newest seal of a majority that the agent knows
    record Hello(long term, List<Sealed> newest) implements ToRelay {
        public Hello {
            newest = List.copyOf(newest);
        }
    }

    /// What the node contract proposes. The values written and the result lie among the payloads.
    ///
    /// @param signature of the proposer, over the proposal's digest
    record Proposed(
            AllianceId alliance,
            Proposal proposal,
            Signature signature,
            ReadSet readSet,
            WriteSet writeSet)
            implements ToRelay {}

    /// @param proposal the digest that the vouch is for
    record Endorsed(AllianceId alliance, Digest proposal, Vouch vouch) implements ToRelay {}

    /// @param submission that the attestation is for
    record Attested(AllianceId alliance, Digest submission, Attestation attestation)
            implements ToRelay {}

    /// The agent does not do what it was asked, and why.
    ///
    /// @param about the digest of the request, the proposal or the submission
    /// @param fault the number of the reason
    record Declined(AllianceId alliance, Stage stage, Digest about, int fault, String detail)
            implements ToRelay {
        public Declined {
            Frames.requireDetail(detail);
        }
    }

    /// What was declined.
    enum Stage implements Coded {
        PROPOSE(1),
        ENDORSE(2),
        ATTEST(3);

        private final int code;

        Stage(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /// The agent has checked the log up to the seal's size.
    ///
    /// @param signature over the seal's digest
    record Sealing(Seal seal, Signature signature) implements ToRelay {}

    /// The agent does not seal beyond a serial, and why.
    record Objected(AllianceId alliance, long serial, int fault, String detail) implements ToRelay {
        public Objected {
            Frames.requireDetail(detail);
        }
    }

    /// What bringing an entry to its inbox contract came to.
    ///
    /// @param fault 0: the chain has included it; else the number of the reason
    record Brought(AllianceId alliance, long serial, int fault, String detail) implements ToRelay {
        public Brought {
            Frames.requireDetail(detail);
        }
    }

    /// How an inbox contract ended an exchange, as this agent saw it, final.
    record Observed(Settlement settlement, Vouch vouch) implements ToRelay {}

    /// The message does not fit a frame; it lies among the payloads under its digest.
    record Elsewhere(Digest message) implements ToRelay {}

    /// A final block was replaced, or that is settled for this agent.
    ///
    /// @param signature of the agent, over the digest of what is said
    record Broken(Break said, Signature signature) implements ToRelay {}

    /// What an inbox contract has of an exchange that is settled.
    record Looked(AllianceId alliance, long serial, Found found) implements ToRelay {}

    /// What was found there.
    enum Found implements Coded {
        /// What the log says.
        SAME(1),
        /// Nothing.
        NOTHING(2),
        /// Another end.
        ANOTHER(3);

        private final int code;

        Found(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    private static void write(Encoder encoder, ToRelay message) {
        switch (message) {
            case Hello(long term, List<Sealed> newest) ->
                    encoder.u8(1).u64(term).list(newest, Sealed::writeFields);
            case Proposed proposed -> {
                encoder.u8(2).alliance(proposed.alliance);
                Proposal.write(encoder, proposed.proposal);
                encoder.signature(proposed.signature);
                ReadSet.writeFields(encoder, proposed.readSet);
                WriteSet.writeFields(encoder, proposed.writeSet);
            }
            case Endorsed(AllianceId alliance, Digest proposal, Vouch vouch) ->
                    Vouch.write(encoder.u8(3).alliance(alliance).digest(proposal), vouch);
            case Attested(AllianceId alliance, Digest submission, Attestation attestation) ->
                    Attestation.write(
                            encoder.u8(4).alliance(alliance).digest(submission), attestation);
            case Declined(AllianceId alliance, Stage stage, Digest about, int fault, String why) ->
                    encoder.u8(5)
                            .alliance(alliance)
                            .coded(stage)
                            .digest(about)
                            .u16(fault)
                            .text(why);
            case Sealing(Seal seal, Signature signature) -> {
                Seal.write(encoder.u8(6), seal);
                encoder.signature(signature);
            }
            case Objected(AllianceId alliance, long serial, int fault, String why) ->
                    encoder.u8(7).alliance(alliance).u64(serial).u16(fault).text(why);
            case Brought(AllianceId alliance, long serial, int fault, String why) ->
                    encoder.u8(8).alliance(alliance).u64(serial).u16(fault).text(why);
            case Observed(Settlement settlement, Vouch vouch) -> {
                Settlement.write(encoder.u8(9), settlement);
                Vouch.write(encoder, vouch);
            }
            case Elsewhere(Digest digest) -> encoder.u8(10).digest(digest);
            case Broken(Break said, Signature signature) -> {
                Break.write(encoder.u8(11), said);
                encoder.signature(signature);
            }
            case Looked(AllianceId alliance, long serial, Found found) ->
                    encoder.u8(12).alliance(alliance).u64(serial).coded(found);
        }
    }

    private static ToRelay read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Hello(decoder.u64(), decoder.list(ALLIANCE_COUNT_MAX, Sealed::readFields));
            case 2 ->
                    new Proposed(
                            decoder.alliance(),
                            Proposal.read(decoder),
                            decoder.signature(),
                            ReadSet.readFields(decoder),
                            WriteSet.readFields(decoder));
            case 3 -> new Endorsed(decoder.alliance(), decoder.digest(), Vouch.read(decoder));
            case 4 -> new Attested(decoder.alliance(), decoder.digest(), Attestation.read(decoder));
            case 5 ->
                    new Declined(
                            decoder.alliance(),
                            decoder.coded(Stage.class),
                            decoder.digest(),
                            decoder.u16(),
                            decoder.text(Frames.DETAIL_SIZE_BYTES_MAX));
            case 6 -> new Sealing(Seal.read(decoder), decoder.signature());
            case 7 ->
                    new Objected(
                            decoder.alliance(),
                            decoder.u64(),
                            decoder.u16(),
                            decoder.text(Frames.DETAIL_SIZE_BYTES_MAX));
            case 8 ->
                    new Brought(
                            decoder.alliance(),
                            decoder.u64(),
                            decoder.u16(),
                            decoder.text(Frames.DETAIL_SIZE_BYTES_MAX));
            case 9 -> new Observed(Settlement.read(decoder), Vouch.read(decoder));
            case 10 -> new Elsewhere(decoder.digest());
            case 11 -> new Broken(Break.read(decoder), decoder.signature());
            case 12 -> new Looked(decoder.alliance(), decoder.u64(), decoder.coded(Found.class));
            default -> throw new IllegalArgumentException("no message to a relay has kind " + kind);
        };
    }
}
