package org.entente.chain.state;

import org.entente.protocol.Bytes;

import java.util.List;
import java.util.Optional;

/// What can be read: a state, or a draft of the next one.
public interface Reading {
    /// A key that was ever written; its value may be deleted.
    Optional<Item> item(StateKey key);

    /// The items under a prefix that are not deleted, ascending, at most so many.
    List<Item> under(Area area, String namespace, Bytes prefix, int countMax);

    /// The value of a key, if it has one.
    default Optional<Bytes> value(StateKey key) {
        return item(key).flatMap(Item::value);
    }
}
