package org.entente.endorsement;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Moved;

import java.util.List;
import java.util.OptionalLong;

/// What the full-sequence check says of a submission.
///
/// @param moved for a fault about versions, each key with both
/// @param earlier the serial that stands in its way, where one does
public record Ruling(Verdict verdict, List<Moved> moved, OptionalLong earlier) {
    public static final Ruling VALID = of(Verdict.accepted());

    public Ruling {
        moved = List.copyOf(moved);
    }

    static Ruling of(Verdict verdict) {
        return new Ruling(verdict, List.of(), OptionalLong.empty());
    }

    static Ruling stale(List<Moved> moved) {
        return new Ruling(
                Verdict.rejected(Fault.STALE_READ, moved.size() + " reads have changed"),
                moved,
                OptionalLong.empty());
    }

    static Ruling after(long serial, Fault fault, String detail) {
        return new Ruling(
                Verdict.rejected(fault, "serial " + serial + ": " + detail),
                List.of(),
                OptionalLong.of(serial));
    }

    public boolean isValid() {
        return verdict.isAccepted();
    }

    /// As an entry has it.
    public int faultNumber() {
        return verdict instanceof Verdict.Rejected why ? why.fault().number() : 0;
    }
}
