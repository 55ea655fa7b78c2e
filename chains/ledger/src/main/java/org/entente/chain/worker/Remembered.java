package org.entente.chain.worker;

import org.entente.chain.Block;
import org.entente.chain.pool.Inclusion;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What became of the last transactions, by their id. Older ones are in the blocks; their nonces
/// keep them from happening again.
public final class Remembered {
    /// Guarded by itself.
    private final Map<Digest, Inclusion> byId;

    private Remembered(int countMax) {
        byId =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Digest, Inclusion> eldest) {
                        return size() > countMax;
                    }
                };
    }

    /// Where final blocks are read.
    @FunctionalInterface
    public interface Source {
        Optional<Block> block(long height) throws IOException;
    }

    /// Those of a chain that was opened, from a height down as far as there are blocks.
    public static Remembered of(int countMax, long last, Source source) throws IOException {
        Deque<Block> blocks = new ArrayDeque<>();
        int count = 0;
        for (long height = last; height > 0 && count < countMax; height--) {
            Optional<Block> block = source.block(height);
            if (block.isEmpty()) {
                break;
            }
            count += block.get().receipts().size();
            blocks.addFirst(block.get());
        }
        Remembered remembered = new Remembered(countMax);
        blocks.forEach(remembered::add);
        return remembered;
    }

    public void add(Digest id, Inclusion inclusion) {
        synchronized (byId) {
            byId.put(id, inclusion);
        }
    }

    public void add(Block block) {
        for (int index = 0; index < block.receipts().size(); index++) {
            var receipt = block.receipts().get(index);
            add(receipt.transaction(), new Inclusion(block.header().height(), index, receipt, ""));
        }
    }

    public Optional<Inclusion> find(Digest id) {
        synchronized (byId) {
            return Optional.ofNullable(byId.get(id));
        }
    }
}
