package org.entente.chain.state;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// All items of a state whose places in its tree begin alike, with what shows by the root alone
/// that none of them is changed and none is missing or added (docs/ledger.md §3.4). A state is
/// handed on part by part, each from where the one before ends.
///
/// @param from the first of these places
/// @param beside the subtrees beside the way to theirs, lowest first: so many bits they have alike
/// @param items by their places, ascending
public record StatePart(Digest from, List<Digest> beside, List<Item> items) {
    public static final int COUNT_MAX = 2_048;

    /// What the items of one part come to at most; one alone may be more.
    public static final int SIZE_BYTES_MAX = 1 << 20;

    public StatePart {
        beside = List.copyOf(beside);
        items = List.copyOf(items);
        if (beside.size() > StateProof.DEPTH_MAX || items.size() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a part of " + items.size() + " items " + beside.size() + " steps deep");
        }
    }

    /// Whether these are all items of a state at these places. That each of them has such a place
    /// follows from the root.
    public Verdict verify(Digest root) {
        int depth = beside.size();
        if (!SparseTree.isFirst(from, depth)) {
            return refused("it begins within a subtree");
        }
        Optional<Digest> before = Optional.empty();
        for (Item item : items) {
            Digest index = item.key().index();
            if (before.filter(it -> it.compareTo(index) >= 0).isPresent()) {
                return refused("its items do not ascend");
            }
            before = Optional.of(index);
        }
        Digest subtree = SparseTree.hash(depth, items);
        return SparseTree.root(subtree, from, beside).equals(root)
                ? Verdict.accepted()
                : refused("it leads to another root");
    }

    private static Verdict refused(String why) {
        return Verdict.rejected(Fault.BAD_PROOF, "a part of a state: " + why);
    }

    /// Where the next part begins; nothing behind the last.
    public Optional<Digest> next() {
        int depth = beside.size();
        BigInteger next =
                new BigInteger(1, from.bytes().toArray())
                        .add(BigInteger.ONE.shiftLeft(StateProof.DEPTH_MAX - depth));
        if (next.bitLength() > StateProof.DEPTH_MAX) {
            return Optional.empty();
        }
        byte[] number = next.toByteArray();
        byte[] place = new byte[Digest.SIZE_BYTES];
        int size = Math.min(number.length, place.length);
        System.arraycopy(number, number.length - size, place, place.length - size, size);
        return Optional.of(new Digest(Bytes.copyOf(place)));
    }

    public static void write(Encoder encoder, StatePart part) {
        encoder.digest(part.from).list(part.beside, Encoder::digest).list(part.items, Item::write);
    }

    public static StatePart read(Decoder decoder) {
        return new StatePart(
                decoder.digest(),
                decoder.list(StateProof.DEPTH_MAX, Decoder::digest),
                decoder.list(COUNT_MAX, Item::read));
    }
}
