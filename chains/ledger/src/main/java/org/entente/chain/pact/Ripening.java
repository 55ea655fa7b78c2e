package org.entente.chain.pact;

import org.entente.chain.Header;
import org.entente.chain.state.Reading;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Which pacts a node brings to their end, so that one node of a chain does it and not each: that
/// whose block is the newest, when it sees one ripen; and whoever makes a later block, when it
/// still stands. For one thread.
public final class Ripening {
    /// How many blocks the first may take.
    static final int PATIENCE_BLOCKS = 3;

    private final VerifyingKey own;

    /// Those that are ripe, and at which height they were first seen so.
    private final TreeMap<Digest, Long> since = new TreeMap<>();

    /// @param own whose blocks are this node's
    public Ripening(VerifyingKey own) {
        this.own = own;
    }

    /// @param now a block that is made now has this time
    public List<Digest> due(Header head, Reading state, Instant now) {
        Instant time = now.isBefore(head.time()) ? head.time() : now;
        Pacts pacts = new Pacts(state);
        List<Digest> ripe =
                pacts.ids().stream().filter(id -> pacts.ripe(id, time).isAccepted()).toList();
        since.keySet().retainAll(ripe);
        List<Digest> due = new ArrayList<>();
        for (Digest id : ripe) {
            // After a change to another branch a height may be seen again.
            long first = since.merge(id, head.height(), Math::min);
            long waited = head.height() - first;
            if (head.creator().equals(own) && (waited == 0 || waited >= PATIENCE_BLOCKS)) {
                due.add(id);
            }
        }
        return due;
    }
}
