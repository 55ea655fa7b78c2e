package org.entente.protocol.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One record of a log as it travels (docs/relay.md §3.4): three byte strings, each behind its
/// length in four bytes.
public record Frame(Bytes entry, Bytes change, Bytes approvals) {
    public static final int PART_SIZE_BYTES_MAX = 1024 * 1024;

    /// How a body ends.
    public enum End {
        WHOLE,
        /// What followed was left out, so that a record may be torn there.
        CUT
    }

    public static Parsed<List<Frame>> all(Bytes body, End end) {
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
                    boolean torn =
                            end == End.CUT && why.fault() == Fault.MALFORMED && !frames.isEmpty();
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
