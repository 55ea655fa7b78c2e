package org.entente.relay.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.merkle.Subtrees;
import org.entente.protocol.merkle.TreeHash;

import java.util.Arrays;

/// The roots of all complete subtrees in memory, 64 bytes for each leaf.
///
/// One thread appends. Others may read what belongs to a size that was published to them through a
/// volatile after it was appended.
final class HashLevels implements Subtrees {
    private static final int LEVELS = 63;

    private final Level[] levels = new Level[LEVELS];
    private long size;

    HashLevels() {
        Arrays.setAll(levels, _ -> new Level());
    }

    long size() {
        return size;
    }

    void append(Digest leafHash) {
        Digest hash = leafHash;
        int level = 0;
        levels[0].append(hash);
        for (long index = size; (index & 1) == 1; index >>>= 1) {
            hash = TreeHash.node(hash(level, index - 1), hash);
            levels[++level].append(hash);
        }
        size++;
    }

    @Override
    public Digest hash(int level, long index) {
        return levels[level].hash(index);
    }

    private static final class Level {
        private static final int CHUNK_COUNT = 1_024;
        private static final int CHUNK_SIZE_BYTES = CHUNK_COUNT * Digest.SIZE_BYTES;

        private volatile byte[][] chunks = new byte[0][];
        private long count;

        void append(Digest hash) {
            int at = (int) (count % CHUNK_COUNT);
            if (at == 0) {
                byte[][] more = Arrays.copyOf(chunks, chunks.length + 1);
                more[chunks.length] = new byte[CHUNK_SIZE_BYTES];
                chunks = more;
            }
            hash.bytes().copyTo(chunks[chunks.length - 1], at * Digest.SIZE_BYTES);
            count++;
        }

        Digest hash(long index) {
            byte[] chunk = chunks[Math.toIntExact(index / CHUNK_COUNT)];
            int at = (int) (index % CHUNK_COUNT) * Digest.SIZE_BYTES;
            return new Digest(Bytes.copyOf(chunk, at, at + Digest.SIZE_BYTES));
        }
    }
}
