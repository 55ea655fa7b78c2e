package org.entente.chain.por;

import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Creation;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.merkle.TreeHash;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A block as it travels and is kept, byte for byte the paper's Fig. 4: the length, the header, how
/// many transactions, each behind its length with the creation first, the signature to the end.
public record PorBlock(
        BlockHeader header,
        Creation creation,
        List<SignedTransaction> transactions,
        Bytes signature) {
    private static final int FIXED_SIZE_BYTES = 4 + BlockHeader.SIZE_BYTES + 4;

    public PorBlock {
        transactions = List.copyOf(transactions);
    }

    public Digest hash() {
        return header.hash();
    }

    /// What a header of these has as its root.
    public static Digest root(Creation creation, List<SignedTransaction> transactions) {
        return Header.root(leaves(creation, transactions));
    }

    private static List<Bytes> leaves(Creation creation, List<SignedTransaction> transactions) {
        List<Bytes> leaves = new ArrayList<>(transactions.size() + 1);
        leaves.add(Creation.FORMAT.encode(creation));
        transactions.forEach(each -> leaves.add(SignedTransaction.FORMAT.encode(each)));
        return leaves;
    }

    /// The block without its transactions. Its path leads to the root that these make, which a
    /// judge compares with the header's.
    public Certificate certificate() {
        List<Digest> leaves = leaves(creation, transactions).stream().map(TreeHash::leaf).toList();
        return new Certificate(header, creation, pathOfFirst(leaves), signature);
    }

    /// What stands beside the way from the first leaf to the root, the lowest first.
    private static List<Digest> pathOfFirst(List<Digest> leaves) {
        List<Digest> path = new ArrayList<>();
        int left = leaves.size();
        while (left > 1) {
            int split = Integer.highestOneBit(left - 1);
            path.addFirst(root(leaves.subList(split, left)));
            left = split;
        }
        return path;
    }

    private static Digest root(List<Digest> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.node(
                root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    public Bytes bytes() {
        List<Bytes> leaves = leaves(creation, transactions);
        int size = FIXED_SIZE_BYTES + signature.size();
        for (Bytes leaf : leaves) {
            size += 4 + leaf.size();
        }
        ByteBuffer to = ByteBuffer.allocate(size);
        to.putInt(size).put(header.bytes().asBuffer()).putInt(leaves.size());
        for (Bytes leaf : leaves) {
            to.putInt(leaf.size()).put(leaf.asBuffer());
        }
        return Bytes.copyOf(to.put(signature.asBuffer()).array());
    }

    /// From a block as it is kept; not of block 0, which nobody made.
    public static PorBlock of(Block kept) {
        Certificate certificate =
                Certificate.FORMAT.decode(kept.certified().certificate()).orThrow();
        return new PorBlock(
                certificate.header(),
                certificate.creation(),
                kept.transactions(),
                certificate.signature());
    }

    /// Reads exactly what [#bytes] writes; what is not that is no block.
    public static Parsed<PorBlock> of(Bytes bytes) {
        if (bytes.size() > Settings.BLOCK_SIZE_BYTES_MAX) {
            return Parsed.refused(Fault.TOO_LARGE, "a block of " + bytes.size() + " bytes");
        }
        try {
            return read(bytes.asBuffer(), bytes);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, "no block: " + e);
        }
    }

    private static Parsed<PorBlock> read(ByteBuffer from, Bytes bytes) {
        if (from.getInt() != bytes.size()) {
            return Parsed.refused(Fault.MALFORMED, "a block has another length than it says");
        }
        BlockHeader header = BlockHeader.of(next(from, BlockHeader.SIZE_BYTES));
        int count = from.getInt();
        if (count < 1 || count > from.remaining() / 4) {
            return Parsed.refused(Fault.MALFORMED, "a block of " + count + " transactions");
        }
        Bytes first = next(from, from.getInt());
        List<SignedTransaction> transactions = new ArrayList<>();
        for (int index = 1; index < count; index++) {
            var each = SignedTransaction.FORMAT.decode(next(from, from.getInt()));
            if (each instanceof Parsed.Value<SignedTransaction>(SignedTransaction signed)) {
                transactions.add(signed);
            } else {
                return each.then(_ -> Parsed.refused(Fault.MALFORMED, "no transaction"));
            }
        }
        Bytes signature = next(from, from.remaining());
        return signature.size() > Certificate.SIGNATURE_SIZE_BYTES_MAX
                ? Parsed.refused(Fault.MALFORMED, "a signature of " + signature.size() + " bytes")
                : Creation.FORMAT
                        .decode(first)
                        .map(creation -> new PorBlock(header, creation, transactions, signature));
    }

    private static Bytes next(ByteBuffer from, int size) {
        if (size < 0 || size > from.remaining()) {
            throw new IllegalArgumentException(size + " bytes of " + from.remaining());
        }
        byte[] bytes = new byte[size];
        from.get(bytes);
        return Bytes.copyOf(bytes);
    }
}
