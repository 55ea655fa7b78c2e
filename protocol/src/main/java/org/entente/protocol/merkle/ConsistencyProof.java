package org.entente.protocol.merkle;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.ArrayList;
import java.util.List;

/// That a tree begins with the leaves of an earlier one (RFC 9162 §2.1.4).
public record ConsistencyProof(long earlierCount, long leafCount, List<Digest> path) {
    /// The proof begins with one root of the earlier tree, then climbs 63 levels at most.
    public static final int PATH_COUNT_MAX = 64;

    public ConsistencyProof {
        if (earlierCount < 0 || earlierCount > leafCount) {
            throw new IllegalArgumentException(
                    "a tree of " + leafCount + " leaves extends none of " + earlierCount);
        }
        if (path.size() > PATH_COUNT_MAX) {
            throw new IllegalArgumentException("a path of " + path.size() + " hashes");
        }
        path = List.copyOf(path);
    }

    /// RFC 9162 §2.1.4.2. Beyond the RFC: a tree extends itself and the empty tree, both with an
    /// empty path.
    public Verdict verify(Digest earlierRoot, Digest root) {
        if (earlierCount == leafCount) {
            return path.isEmpty() && earlierRoot.equals(root)
                    ? Verdict.accepted()
                    : refused("one size has one root and needs no path");
        }
        if (earlierCount == 0) {
            return path.isEmpty() && earlierRoot.equals(TreeHash.EMPTY_ROOT)
                    ? Verdict.accepted()
                    : refused("the empty tree has one root and needs no path");
        }
        List<Digest> hashes = new ArrayList<>();
        if (Long.bitCount(earlierCount) == 1) {
            hashes.add(earlierRoot);
        }
        hashes.addAll(path);
        return path.isEmpty() ? refused("its path is empty") : climb(hashes, earlierRoot, root);
    }

    private Verdict climb(List<Digest> hashes, Digest earlierRoot, Digest root) {
        int shared = Long.numberOfTrailingZeros(earlierCount);
        long index = (earlierCount - 1) >>> shared;
        long last = (leafCount - 1) >>> shared;
        Digest earlier = hashes.getFirst();
        Digest later = hashes.getFirst();
        for (Digest beside : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return refused("its path is too long");
            }
            if ((index & 1) == 1 || index == last) {
                earlier = TreeHash.node(beside, earlier);
                later = TreeHash.node(beside, later);
                while ((index & 1) == 0 && index != 0) {
                    index >>>= 1;
                    last >>>= 1;
                }
            } else {
                later = TreeHash.node(later, beside);
            }
            index >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            return refused("its path is too short");
        }
        if (!earlier.equals(earlierRoot)) {
            return refused("it leads to another earlier root");
        }
        return later.equals(root) ? Verdict.accepted() : refused("it leads to another root");
    }

    public static void write(Encoder encoder, ConsistencyProof proof) {
        encoder.u64(proof.earlierCount)
                .u64(proof.leafCount)
                .list(proof.path, (each, hash) -> each.fixed(hash.bytes(), Digest.SIZE_BYTES));
    }

    public static ConsistencyProof read(Decoder decoder) {
        return new ConsistencyProof(
                decoder.u64(),
                decoder.u64(),
                decoder.list(PATH_COUNT_MAX, each -> new Digest(each.fixed(Digest.SIZE_BYTES))));
    }

    private Verdict refused(String why) {
        return Verdict.rejected(
                Fault.BAD_PROOF,
                "consistency of " + earlierCount + " with " + leafCount + ": " + why);
    }
}
