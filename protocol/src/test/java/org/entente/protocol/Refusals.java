package org.entente.protocol;

import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Submission;
import org.entente.protocol.fixture.Samples;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Seal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Encodings with one defect each, made from sound ones.
final class Refusals {
    record Refusal(Purpose purpose, String why, String says, Bytes bytes) {}

    private static final Bytes SEAL = Seal.FORMAT.encode(Samples.seal());
    private static final Bytes ENTRY = Entry.FORMAT.encode(Samples.entry());
    private static final Bytes REQUEST = Request.FORMAT.encode(Samples.request());
    private static final Bytes READS = ReadSet.FORMAT.encode(Samples.readSet());
    private static final Bytes SUBMISSION = Submission.FORMAT.encode(Samples.submission());

    private Refusals() {}

    static List<Refusal> all() {
        return Stream.of(ofShape(), ofValues()).flatMap(List::stream).toList();
    }

    private static List<Refusal> ofShape() {
        return List.of(
                new Refusal(Purpose.SEAL, "nothing at all", "not an object for", Bytes.EMPTY),
                new Refusal(Purpose.SEAL, "an entry offered as a seal", "not an object for", ENTRY),
                new Refusal(
                        Purpose.REQUEST,
                        "the tag of a later version",
                        "not an object for",
                        with(REQUEST, "entente/request/v".length(), '2')),
                new Refusal(
                        Purpose.SEAL,
                        "the last byte is missing",
                        "the end comes within",
                        SEAL.slice(0, SEAL.size() - 1)),
                new Refusal(
                        Purpose.SEAL,
                        "one byte too many",
                        "1 bytes behind the end",
                        SEAL.concat(Bytes.fromHex("00"))),
                new Refusal(
                        Purpose.ENTRY,
                        "an unknown kind",
                        "no EntryKind has the number 9",
                        with(ENTRY, tag(Purpose.ENTRY) + 8, 9)),
                new Refusal(
                        Purpose.ENTRY,
                        "INVALID without a fault",
                        "an INVALID entry names its fault",
                        with(ENTRY, tag(Purpose.ENTRY) + 8 + 1 + 64, 2)),
                new Refusal(
                        Purpose.ENTRY,
                        "a serial past 2^63-1",
                        "a u64 past",
                        with(ENTRY, tag(Purpose.ENTRY), 0x80)),
                new Refusal(
                        Purpose.REQUEST,
                        "an upper-case name",
                        "a name has 1 to 64",
                        with(REQUEST, contract() + 4, 'T')),
                new Refusal(
                        Purpose.REQUEST,
                        "a name that is not UTF-8",
                        "not UTF-8",
                        with(REQUEST, contract() + 4, 0xff)),
                new Refusal(
                        Purpose.REQUEST,
                        "a name of 2^31 bytes",
                        "a u32 past",
                        with(REQUEST, contract(), 0x80)),
                new Refusal(
                        Purpose.REQUEST,
                        "a name of 16 MiB",
                        "bytes where 64 are allowed",
                        with(REQUEST, contract(), 0x01)));
    }

    private static List<Refusal> ofValues() {
        return List.of(
                new Refusal(
                        Purpose.READS,
                        "more reads than allowed",
                        "items where 256 are allowed",
                        with(READS, tag(Purpose.READS), 0x01)),
                new Refusal(
                        Purpose.READS,
                        "a version that is neither absent nor present",
                        "a boolean is 0 or 1",
                        with(READS, tag(Purpose.READS) + 4 + 4 + 11 + 4 + 42 + 4 + 11, 2)),
                new Refusal(
                        Purpose.READS,
                        "reads out of order",
                        "must be sorted",
                        with(READS, tag(Purpose.READS) + 4 + 4, 'z')),
                new Refusal(
                        Purpose.SUBMISSION,
                        "a signature with s in the upper half",
                        "lower half",
                        with(SUBMISSION, tag(Purpose.SUBMISSION) + 32, 0xff)),
                new Refusal(
                        Purpose.SUBMISSION,
                        "a signature with r past the order",
                        "r is not within the order",
                        rOfAllOnes()));
    }

    private static Bytes rOfAllOnes() {
        Bytes bytes = SUBMISSION;
        for (int index = 0; index < 32; index++) {
            bytes = with(bytes, tag(Purpose.SUBMISSION) + index, 0xff);
        }
        return bytes;
    }

    /// Where a request names its contract: behind alliance, epoch and organisation.
    private static int contract() {
        return tag(Purpose.REQUEST) + 32 + 8 + 4 + "alpha.example".length();
    }

    private static int tag(Purpose purpose) {
        return purpose.tag().getBytes(StandardCharsets.US_ASCII).length + 1;
    }

    private static Bytes with(Bytes bytes, int at, int value) {
        byte[] changed = bytes.toArray();
        changed[at] = (byte) value;
        return Bytes.copyOf(changed);
    }
}
