package org.entente.chain.state;

import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Version;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Writes on top of what stands, not yet part of it: of a block over a state, of a transaction over
/// its block. Changed in place; used by one thread.
public final class Draft implements Reading {
    private final Reading below;
    private final Map<StateKey, Item> written = new LinkedHashMap<>();

    /// The same in their order, once somebody asked for it: few do, and order is dear.
    private @Nullable NavigableMap<StateKey, Item> ordered;

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
        ordered().tailMap(Prefix.first(area, namespace, prefix), true).values().stream()
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
        keep(new Item(key, writes, version, value));
    }

    private void keep(Item item) {
        written.put(item.key(), item);
        if (ordered != null) {
            ordered.put(item.key(), item);
        }
    }

    private NavigableMap<StateKey, Item> ordered() {
        NavigableMap<StateKey, Item> known = ordered;
        if (known == null) {
            known = new TreeMap<>(written);
            ordered = known;
        }
        return known;
    }

    /// Takes over all that another draft wrote on top of this one.
    public void take(Draft above) {
        above.written.values().forEach(this::keep);
    }

    public Collection<Item> written() {
        return List.copyOf(written.values());
    }
}
