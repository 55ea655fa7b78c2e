package org.entente.registry;

import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Format;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The signatures under one change, in the order of their approvers. Two of one approver can be
/// read, so that they are refused by their own name.
public record Approvals(List<Approval> list) {
    public static final int COUNT_MAX = 256;
    public static final int SIZE_BYTES_MAX = 128 * 1024;
    public static final Approvals NONE = new Approvals(List.of());
    public static final Format<Approvals> FORMAT =
            new Format<>(
                    Purpose.APPROVALS,
                    SIZE_BYTES_MAX,
                    (encoder, approvals) -> encoder.list(approvals.list, Approval::write),
                    decoder -> new Approvals(decoder.list(COUNT_MAX, Approval::read)));

    public Approvals {
        for (int index = 1; index < list.size(); index++) {
            if (list.get(index - 1).compareTo(list.get(index)) > 0) {
                throw new IllegalArgumentException("approvals stand in the order of their signers");
            }
        }
        list = List.copyOf(list);
    }

    public static Approvals of(Collection<Approval> approvals) {
        return new Approvals(approvals.stream().sorted().toList());
    }

    public static Approvals of(Approval... approvals) {
        return of(List.of(approvals));
    }

    /// The first approver that stands here twice.
    Optional<Approver> repeated() {
        SortedSet<Approver> seen = new TreeSet<>();
        return list.stream().map(Approval::approver).filter(one -> !seen.add(one)).findFirst();
    }
}
