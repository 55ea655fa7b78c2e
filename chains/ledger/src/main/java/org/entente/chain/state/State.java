package org.entente.chain.state;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// All items of a chain after a block. Immutable.
public final class State implements Reading {
    public static final State EMPTY = new State(new KeyTree.Nothing(), SparseTree.EMPTY);

    private final KeyTree keys;
    private final SparseTree tree;

    private State(KeyTree keys, SparseTree tree) {
        this.keys = keys;
        this.tree = tree;
    }

    public Digest root() {
        return tree.root();
    }

    /// How many keys were ever written.
    public long count() {
        return tree.count();
    }

    public StateProof prove(StateKey key) {
        return tree.prove(key);
    }

    /// The items from a place on, as many as one part takes, one at least; nothing where no part of
    /// this state begins.
    public Optional<StatePart> part(Digest from) {
        return part(from, StatePart.COUNT_MAX);
    }

    /// Likewise, with at most so many items.
    public Optional<StatePart> part(Digest from, int countMax) {
        int most = countMax;
        while (true) {
            Optional<SparseTree.Part> part = tree.part(from, most);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            List<Item> found = part.get().items();
            if (found.size() < 2 || size(found) <= StatePart.SIZE_BYTES_MAX) {
                return Optional.of(new StatePart(from, part.get().beside(), found));
            }
            most = found.size() / 2;
        }
    }

    private static long size(List<Item> items) {
        return items.stream().mapToLong(it -> it.value().map(Bytes::size).orElse(0) + 512L).sum();
    }

    @Override
    public Optional<Item> item(StateKey key) {
        return tree.find(key);
    }

    @Override
    public List<Item> under(Area area, String namespace, Bytes prefix, int countMax) {
        List<Item> found = new ArrayList<>();
        if (countMax < 1) {
            return found;
        }
        keys.from(
                Prefix.first(area, namespace, prefix),
                key -> {
                    if (!Prefix.holds(key, area, namespace, prefix)) {
                        return false;
                    }
                    Item item = item(key).orElseThrow();
                    if (item.value().isPresent()) {
                        found.add(item);
                    }
                    return found.size() < countMax;
                });
        return found;
    }

    /// The state with items added or replaced; each key occurs once.
    public State with(Collection<Item> written) {
        List<SparseTree.Leaf> leaves = new ArrayList<>(written.size());
        KeyTree next = keys;
        for (Item item : written) {
            leaves.add(SparseTree.Leaf.of(item));
            if (item(item.key()).isEmpty()) {
                next = next.with(item.key());
            }
        }
        return new State(next, tree.with(leaves));
    }

    /// Hands on each item, ascending.
    public void forEach(Consumer<Item> visitor) {
        keys.all(key -> {
            visitor.accept(item(key).orElseThrow());
            return true;
        });
    }
}
