package org.entente.chain.industrial.vault;

import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataTag;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.merkle.MerkleTree;

import java.time.Instant;
import java.util.List;

/// What an object in the vault consists of. It proves itself: its chunks' hashes make the root that
/// it is named by.
///
/// @param owner whose data it is
/// @param sealed when this node had all of it
public record Manifest(
        Kind kind,
        VerifyingKey owner,
        DataId id,
        Instant sealed,
        Content.Stored content,
        List<Digest> leaves) {
    public static final Format<Manifest> FORMAT =
            new Format<>(
                    DataTag.MANIFEST,
                    1_024 + Content.CHUNK_COUNT_MAX * Digest.SIZE_BYTES,
                    Manifest::write,
                    Manifest::read);

    /// Whether this node has the key.
    public enum Kind implements Coded {
        OWN(1),
        REPLICA(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Manifest {
        leaves = List.copyOf(leaves);
        if (leaves.size() != content.chunkCount()
                || !Chunks.tree(leaves).root().equals(content.root())) {
            throw new IllegalArgumentException(
                    leaves.size() + " chunks do not make the root " + content.root());
        }
    }

    public Digest root() {
        return content.root();
    }

    public MerkleTree tree() {
        return Chunks.tree(leaves);
    }

    /// As another node keeps it, which has no key.
    public Manifest replica(Instant now) {
        return new Manifest(Kind.REPLICA, owner, id, now, content, leaves);
    }

    private static void write(Encoder encoder, Manifest manifest) {
        encoder.coded(manifest.kind)
                .key(manifest.owner)
                .text(manifest.id.text())
                .time(manifest.sealed)
                .u64(manifest.content.size())
                .digest(manifest.content.root())
                .digest(manifest.content.key())
                .list(manifest.leaves, Encoder::digest);
    }

    private static Manifest read(Decoder decoder) {
        return new Manifest(
                decoder.coded(Kind.class),
                decoder.key(),
                new DataId(decoder.text(DataId.SIZE_MAX)),
                decoder.time(),
                new Content.Stored(decoder.u64(), decoder.digest(), decoder.digest()),
                decoder.list(Content.CHUNK_COUNT_MAX, Decoder::digest));
    }
}
