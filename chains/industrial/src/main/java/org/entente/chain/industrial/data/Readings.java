package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.merkle.InclusionProof;
import org.entente.protocol.merkle.MerkleTree;

import java.util.ArrayList;
import java.util.List;

/// What one batch of a series holds, and its bytes: a count, then each number as its difference
/// from the one before (docs/chains/industrial-data.md §3.2).
public record Readings(List<Reading> all) {
    public static final int COUNT_MAX = 65_536;
    private static final int SAME_QUALITY = 0;
    private static final int OWN_QUALITIES = 1;

    public Readings {
        all = List.copyOf(all);
        if (all.isEmpty() || all.size() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + COUNT_MAX + " readings, not " + all.size());
        }
        for (int index = 1; index < all.size(); index++) {
            if (all.get(index).at() <= all.get(index - 1).at()) {
                throw new IllegalArgumentException(
                        "reading %d of %d is not after the one before of %d"
                                .formatted(index, all.get(index).at(), all.get(index - 1).at()));
            }
        }
    }

    /// What stands on the chain of them; refused where their sum has no 64 bits.
    public Parsed<Summary> summary() {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        long sum = 0;
        for (Reading each : all) {
            least = Math.min(least, each.value());
            most = Math.max(most, each.value());
            long next = sum + each.value();
            if (((sum ^ next) & (each.value() ^ next)) < 0) {
                return Parsed.refused(
                        Fault.INVALID_VALUE, "the sum of a batch has 64 bits: send smaller ones");
            }
            sum = next;
        }
        return Parsed.of(
                new Summary(
                        all.getFirst().at(),
                        all.getLast().at(),
                        all.size(),
                        least,
                        most,
                        sum,
                        tree().root()));
    }

    public InclusionProof proof(int index) {
        return tree().inclusion(index);
    }

    private MerkleTree tree() {
        return MerkleTree.of(all.stream().map(Reading::leaf).toList());
    }

    public Bytes encoded() {
        Varints.Writer writer = new Varints.Writer();
        writer.write(all.size());
        // The first may lie before 1970; the others lie after the one before.
        writer.write(Varints.zigzag(all.getFirst().at()));
        writer.write(Varints.zigzag(all.getFirst().value()));
        for (int index = 1; index < all.size(); index++) {
            Reading before = all.get(index - 1);
            Reading each = all.get(index);
            writer.write(each.at() - before.at());
            writer.write(Varints.zigzag(each.value() - before.value()));
        }
        boolean same = isOneQuality();
        writer.writeByte(same ? SAME_QUALITY : OWN_QUALITIES);
        for (Reading each : same ? all.subList(0, 1) : all) {
            writer.writeByte(each.quality());
        }
        return writer.written();
    }

    private boolean isOneQuality() {
        int first = all.getFirst().quality();
        return all.stream().allMatch(each -> each.quality() == first);
    }

    public static Parsed<Readings> decode(Bytes encoded) {
        try {
            Varints.Reader reader = new Varints.Reader(encoded);
            long count = reader.read();
            if (count < 1 || count > COUNT_MAX || count * 2 > reader.left()) {
                throw new IllegalArgumentException(
                        Long.toUnsignedString(count) + " readings in " + encoded.size() + " bytes");
            }
            Readings readings = new Readings(read(reader, (int) count));
            if (reader.left() > 0) {
                throw new IllegalArgumentException(reader.left() + " bytes behind the end");
            }
            return Parsed.of(readings);
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, "a batch of readings: " + e.getMessage());
        }
    }

    private static List<Reading> read(Varints.Reader reader, int count) {
        long[] at = new long[count];
        long[] value = new long[count];
        for (int index = 0; index < count; index++) {
            long later = reader.read();
            at[index] = index == 0 ? Varints.unzigzag(later) : at[index - 1] + later;
            value[index] = (index == 0 ? 0 : value[index - 1]) + Varints.unzigzag(reader.read());
        }
        int kind = reader.readByte();
        int first = reader.readByte();
        boolean differ = false;
        List<Reading> all = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int quality = kind == SAME_QUALITY || index == 0 ? first : reader.readByte();
            differ |= quality != first;
            all.add(new Reading(at[index], value[index], quality));
        }
        if (kind > OWN_QUALITIES || (kind == OWN_QUALITIES) != differ) {
            throw new IllegalArgumentException("qualities of the kind " + kind);
        }
        return all;
    }
}
