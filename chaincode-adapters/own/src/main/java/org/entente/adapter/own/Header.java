package org.entente.adapter.own;

import org.entente.adapter.Point;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// What a block commits to; its digest is the block's hash.
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
            new Format<>(ChainTag.HEADER, 512, Header::write, Header::read);

    public Digest digest() {
        return FORMAT.digest(this);
    }

    public Point point() {
        return new Point(height, digest().bytes());
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
