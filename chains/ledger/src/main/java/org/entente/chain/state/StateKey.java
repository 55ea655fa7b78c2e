package org.entente.chain.state;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Place;
import org.jspecify.annotations.Nullable;

/// Where something stands in a state.
///
/// No record: it keeps its place in the tree, which is a hash that each look at the state asks for.
public final class StateKey implements Comparable<StateKey> {
    /// A contract's own record of a key: one byte of kind, then the key.
    public static final int KEY_SIZE_BYTES_MAX = 257;

    public static final Format<StateKey> FORMAT =
            new Format<>(ChainPurpose.KEY, 512, StateKey::write, StateKey::read);

    private final Area area;
    private final String namespace;
    private final Bytes key;

    /// Two threads at once both find the same; it is immutable, so nothing is locked.
    private @Nullable Digest index;

    /// @param namespace an inbox contract's address, a called contract's name; empty for what
    ///   belongs to none
    public StateKey(Area area, String namespace, Bytes key) {
        boolean contract =
                switch (area) {
                    case OWN, ACCOUNT, SYSTEM, PACT -> false;
                    case CONTRACT, DELIVERED, STORE -> true;
                };
        if (contract == namespace.isEmpty()) {
            throw new IllegalArgumentException(
                    area + (contract ? " needs a namespace" : " has no namespace"));
        }
        if (contract) {
            Place.requireInbox(namespace);
        }
        if (key.isEmpty() || key.size() > KEY_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + KEY_SIZE_BYTES_MAX + " bytes, not " + key.size());
        }
        this.area = area;
        this.namespace = namespace;
        this.key = key;
    }

    public static StateKey own(Bytes key) {
        return new StateKey(Area.OWN, "", key);
    }

    public static StateKey delivered(String inbox, Bytes key) {
        return new StateKey(Area.DELIVERED, inbox, key);
    }

    public static StateKey system(Bytes key) {
        return new StateKey(Area.SYSTEM, "", key);
    }

    public static StateKey pact(Digest id) {
        return new StateKey(Area.PACT, "", id.bytes());
    }

    public static StateKey store(Name contract, Bytes key) {
        return new StateKey(Area.STORE, contract.text(), key);
    }

    public Area area() {
        return area;
    }

    public String namespace() {
        return namespace;
    }

    public Bytes key() {
        return key;
    }

    /// Its place in the tree.
    public Digest index() {
        Digest known = index;
        if (known == null) {
            known = FORMAT.digest(this);
            index = known;
        }
        return known;
    }

    static void write(Encoder encoder, StateKey key) {
        encoder.coded(key.area).text(key.namespace).bytes(key.key);
    }

    static StateKey read(Decoder decoder) {
        return new StateKey(
                decoder.coded(Area.class),
                decoder.text(Place.INBOX_SIZE_BYTES_MAX),
                decoder.bytes(KEY_SIZE_BYTES_MAX));
    }

    /// By area, namespace, key, each by its bytes. Looked at a thousand times for each block.
    @Override
    public int compareTo(StateKey other) {
        if (area != other.area) {
            return area.compareTo(other.area);
        }
        return namespace.equals(other.namespace)
                ? key.compareTo(other.key)
                : Bytes.utf8(namespace).compareTo(Bytes.utf8(other.namespace));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof StateKey that
                        && area == that.area
                        && key.equals(that.key)
                        && namespace.equals(that.namespace));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * area.code() + namespace.hashCode()) + key.hashCode();
    }

    @Override
    public String toString() {
        return area + " " + namespace + (namespace.isEmpty() ? "" : " ") + key;
    }
}
