package org.entente.client;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One record of a log as it travels: three byte strings, each behind its length in four bytes.
record Frame(Bytes entry, Bytes change, Bytes approvals) {
    static final int PART_SIZE_BYTES_MAX = 1024 * 1024;

    /// @param isCut whether the end of the body was left out, so that a record may be torn there
    static Parsed<List<Frame>> all(Bytes body, boolean isCut) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer rest = body.asBuffer();
        while (rest.hasRemaining()) {
            Parsed<Frame> frame =
                    part(rest)
                            .then(entry ->
                                    part(rest)
                                            .then(change ->
                                                    part(rest)
                                                            .map(approvals ->
                                                                    new Frame(
                                                                            entry, change,
                                                                            approvals))));
            switch (frame) {
                case Parsed.Value<Frame>(Frame value) -> frames.add(value);
                case Parsed.Refused<Frame>(var why) -> {
                    boolean torn = isCut && why.fault() == Fault.MALFORMED && !frames.isEmpty();
                    return torn ? Parsed.of(List.copyOf(frames)) : new Parsed.Refused<>(why);
                }
            }
        }
        return Parsed.of(List.copyOf(frames));
    }

    private static Parsed<Bytes> part(ByteBuffer rest) {
        if (rest.remaining() < Integer.BYTES) {
            return cut();
        }
        int size = rest.getInt();
        if (size < 0 || size > PART_SIZE_BYTES_MAX) {
            return Parsed.refused(Fault.TOO_LARGE, "a part of a log record has " + size + " bytes");
        }
        if (size > rest.remaining()) {
            return cut();
        }
        byte[] part = new byte[size];
        rest.get(part);
        return Parsed.of(Bytes.copyOf(part));
    }

    private static Parsed<Bytes> cut() {
        return Parsed.refused(Fault.MALFORMED, "the records end within one");
    }
}
