package org.entente.chain.industrial.vault;

import org.entente.chain.industrial.data.DataId;
import org.entente.protocol.Digest;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which objects there are of each data. May be used by many threads: its lock guards all of it.
final class Catalogue {
    private final TreeMap<DataId, TreeSet<Digest>> roots = new TreeMap<>();

    /// Objects that came since they were asked for.
    private final TreeSet<Digest> fresh = new TreeSet<>();

    synchronized void add(Manifest manifest) {
        fresh.add(manifest.root());
        roots.computeIfAbsent(manifest.id(), _ -> new TreeSet<>()).add(manifest.root());
    }

    synchronized void remove(Manifest manifest) {
        TreeSet<Digest> of = roots.get(manifest.id());
        if (of != null && of.remove(manifest.root()) && of.isEmpty()) {
            roots.remove(manifest.id());
        }
    }

    synchronized List<Digest> fresh() {
        List<Digest> since = List.copyOf(fresh);
        fresh.clear();
        return since;
    }

    synchronized List<Digest> roots() {
        return roots.values().stream().flatMap(TreeSet::stream).toList();
    }

    synchronized List<Digest> of(DataId id) {
        return List.copyOf(roots.getOrDefault(id, new TreeSet<>()));
    }
}
