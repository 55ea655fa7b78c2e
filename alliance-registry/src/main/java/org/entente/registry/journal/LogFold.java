package org.entente.registry.journal;

import org.entente.protocol.Digest;
import org.entente.registry.Alliance;
import org.entente.registry.Registry;
import org.entente.registry.StateItem;

import java.util.List;
import java.util.function.Supplier;

/// The fold of one log's first entries: what the view is brought forward to.
///
/// @param size how many entries were folded
/// @param items asked for only when the view is behind
public record LogFold(long size, Supplier<List<StateItem>> items) {
    /// The name of the registry's log; an alliance's log has the alliance's id.
    public static final String REGISTRY = "registry";

    public static LogFold of(Registry registry) {
        return new LogFold(registry.size(), registry::items);
    }

    public static LogFold of(Alliance alliance, long size) {
        return new LogFold(size, alliance::items);
    }

    Digest digest() {
        return StateItem.digest(items.get());
    }
}
