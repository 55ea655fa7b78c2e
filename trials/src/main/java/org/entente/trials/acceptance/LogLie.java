package org.entente.trials.acceptance;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What can be done to the records of a log that is shown.
final class LogLie {
    private LogLie() {}

    /// What becomes of the records, in their order.
    @FunctionalInterface
    interface Change {
        List<Frame> of(List<Frame> frames);
    }

    /// To who reads an alliance's log.
    static LyingRelay.Lie about(AllianceId alliance, Change change) {
        String path = "/v1/logs/" + alliance + "/records";
        return (asked, truth) -> asked.startsWith(path) ? written(change.of(read(truth))) : truth;
    }

    static List<Frame> read(Bytes records) {
        return Frame.all(records, Frame.End.WHOLE).orThrow();
    }

    static Bytes written(List<Frame> frames) {
        Bytes all = Bytes.EMPTY;
        for (Frame frame : frames) {
            for (Bytes part : List.of(frame.entry(), frame.change(), frame.approvals())) {
                all = all.concat(Bytes.fromHex("%08x".formatted(part.size()))).concat(part);
            }
        }
        return all;
    }

    static Entry entry(Frame frame) {
        return Entry.FORMAT.decode(frame.entry()).orThrow();
    }

    static long serial(Frame frame) {
        return entry(frame).serial();
    }

    private static Frame with(Frame frame, Entry entry) {
        return new Frame(Entry.FORMAT.encode(entry), frame.change(), frame.approvals());
    }

    /// Nothing from a serial on.
    static Change withholding(long from) {
        return frames -> frames.stream().filter(frame -> serial(frame) < from).toList();
    }

    static Change without(long serial) {
        return frames -> frames.stream().filter(frame -> serial(frame) != serial).toList();
    }

    /// Two neighbours change places; one that comes alone is kept back.
    static Change swapping(long serial) {
        return frames -> {
            List<Frame> swapped = new ArrayList<>(frames);
            for (int index = 0; index < frames.size(); index++) {
                if (serial(frames.get(index)) == serial) {
                    if (index + 1 == frames.size()) {
                        return swapped.subList(0, index);
                    }
                    swapped.set(index, frames.get(index + 1));
                    swapped.set(index + 1, frames.get(index));
                }
            }
            return swapped;
        };
    }

    /// Another entry in the place of each.
    static Change editing(UnaryOperator<Entry> edit) {
        return frames ->
                frames.stream().map(frame -> with(frame, edit.apply(entry(frame)))).toList();
    }

    /// Another entry in the place of one.
    static Change editing(long serial, UnaryOperator<Entry> edit) {
        return frames ->
                frames.stream()
                        .map(frame ->
                                serial(frame) == serial
                                        ? with(frame, edit.apply(entry(frame)))
                                        : frame)
                        .toList();
    }
}
