package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.merkle.MerkleTree;
import org.entente.protocol.merkle.TreeHash;

import java.time.Instant;
import java.util.List;

/// What a block commits to. Its digest is the block's name.
///
/// @param previous the digest of the header before; of the genesis at height 0
/// @param time never before that of the header before
/// @param transactionCount of the leaves under both roots
/// @param transactionsRoot the RFC 6962 root over the signed transactions' bytes
/// @param receiptsRoot the RFC 6962 root over the receipts' bytes
/// @param stateRoot of the state after the block
/// @param creator whose block it is
public record Header(
        ChainId chain,
        long height,
        Digest previous,
        Instant time,
        int transactionCount,
        Digest transactionsRoot,
        Digest receiptsRoot,
        Digest stateRoot,
        VerifyingKey creator) {
    public static final Format<Header> FORMAT =
            new Format<>(ChainPurpose.HEADER, 512, Header::write, Header::read);

    public Digest digest() {
        return FORMAT.digest(this);
    }

    /// The root over leaves of which all are at hand.
    public static Digest root(List<Bytes> leaves) {
        return MerkleTree.of(leaves.stream().map(TreeHash::leaf).toList()).root();
    }

    /// Whether these are the transactions that it commits to.
    public boolean isOf(List<SignedTransaction> transactions) {
        return transactions.size() == transactionCount
                && rootOf(transactions).equals(transactionsRoot);
    }

    public static Digest rootOf(List<SignedTransaction> transactions) {
        return root(transactions.stream().map(SignedTransaction.FORMAT::encode).toList());
    }

    static void write(Encoder encoder, Header header) {
        encoder.chain(header.chain)
                .u64(header.height)
                .digest(header.previous)
                .time(header.time)
                .u32(header.transactionCount)
                .digest(header.transactionsRoot)
                .digest(header.receiptsRoot)
                .digest(header.stateRoot)
                .key(header.creator);
    }

    static Header read(Decoder decoder) {
        return new Header(
                decoder.chain(),
                decoder.u64(),
                decoder.digest(),
                decoder.time(),
                decoder.u32(),
                decoder.digest(),
                decoder.digest(),
                decoder.digest(),
                decoder.key());
    }
}
