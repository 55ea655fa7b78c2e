package org.entente.chain.state;

import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Version;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Writes on top of what stands, not yet part of it: of a block over a state, of a transaction over
/// its block. Changed in place; used by one thread.
public final class Draft implements Reading {
    private final Reading below;
    private final TreeMap<StateKey, Item> written = new TreeMap<>();

    public Draft(Reading below) {
        this.below = below;
    }

    @Override
    public Optional<Item> item(StateKey key) {
        Item own = written.get(key);
        return own == null ? below.item(key) : Optional.of(own);
    }

    @Override
    public List<Item> under(Area area, String namespace, Bytes prefix, int countMax) {
        TreeMap<StateKey, Item> found = new TreeMap<>();
        // Each of the draft's own writes may hide one of those below.
        below.under(area, namespace, prefix, Math.addExact(countMax, written.size()))
                .forEach(item -> found.put(item.key(), item));
        written.tailMap(Prefix.first(area, namespace, prefix), true).values().stream()
                .takeWhile(item -> Prefix.holds(item.key(), area, namespace, prefix))
                .forEach(item -> found.put(item.key(), item));
        return found.values().stream()
                .filter(item -> item.value().isPresent())
                .limit(countMax)
                .toList();
    }

    public void put(StateKey key, Version.Present version, Bytes value) {
        write(key, version, Optional.of(value));
    }

    public void delete(StateKey key, Version.Present version) {
        write(key, version, Optional.empty());
    }

    private void write(StateKey key, Version.Present version, Optional<Bytes> value) {
        long writes = item(key).map(Item::writes).orElse(0L) + 1;
        written.put(key, new Item(key, writes, version, value));
    }

    /// Takes over all that another draft wrote on top of this one.
    public void take(Draft above) {
        written.putAll(above.written);
    }

    public Collection<Item> written() {
        return List.copyOf(written.values());
    }
}
