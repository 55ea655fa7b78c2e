package org.entente.chain.state;

import org.entente.protocol.Bytes;

/// Keys of one area and namespace that begin alike.
final class Prefix {
    private static final Bytes LEAST = Bytes.copyOf(new byte[1]);

    private Prefix() {}

    /// No key before it is under the prefix.
    static StateKey first(Area area, String namespace, Bytes prefix) {
        return new StateKey(area, namespace, prefix.isEmpty() ? LEAST : prefix);
    }

    static boolean holds(StateKey key, Area area, String namespace, Bytes prefix) {
        return key.area() == area && key.namespace().equals(namespace) && begins(key.key(), prefix);
    }

    static boolean begins(Bytes key, Bytes prefix) {
        return key.size() >= prefix.size() && key.slice(0, prefix.size()).equals(prefix);
    }
}
