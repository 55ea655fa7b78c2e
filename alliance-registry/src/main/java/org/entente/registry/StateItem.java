package org.entente.registry;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.Consumer;

/// One item of a state in canonical bytes: what a view stores and what the state's digest is over.
///
/// @param key by which the item is known within its kind
public record StateItem(Kind kind, Bytes key, Bytes content) implements Comparable<StateItem> {
    private static final int SIZE_BYTES_MAX = 1024 * 1024;
    private static final int COUNT_MAX = 4 * 1024 * 1024;
    private static final Comparator<StateItem> ORDER =
            Comparator.comparing(StateItem::kind).thenComparing(StateItem::key);
    public static final Format<StateItem> FORMAT =
            new Format<>(
                    Purpose.STATE,
                    SIZE_BYTES_MAX,
                    (encoder, item) -> encoder.coded(item.kind).bytes(item.key).bytes(item.content),
                    decoder ->
                            new StateItem(
                                    decoder.coded(Kind.class),
                                    decoder.bytes(SIZE_BYTES_MAX),
                                    decoder.bytes(SIZE_BYTES_MAX)));
    private static final Format<Collection<StateItem>> LIST =
            new Format<>(
                    Purpose.STATE,
                    Integer.MAX_VALUE,
                    (encoder, items) ->
                            encoder.u8(0).list(items, (to, item) -> to.digest(FORMAT.digest(item))),
                    decoder -> {
                        throw new IllegalArgumentException("a state is hashed, never read");
                    });

    /// What kinds of items there are; 0 is taken by the list of them.
    public enum Kind implements Coded {
        ORGANISATION(1),
        CHAIN(2),
        NODE(3),
        REQUIREMENT(4),
        PROPOSAL(5),
        ALLIANCE(6),
        REVOCATION(7),
        DEMAND(8),
        DUE(9),
        EPOCH(10),
        BRAKE(11),
        AUTHORITIES(12),
        OPENING(13);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    static StateItem of(Kind kind, Object key, Consumer<Encoder> fields) {
        Format<Consumer<Encoder>> format =
                new Format<>(
                        Purpose.STATE,
                        SIZE_BYTES_MAX,
                        (encoder, write) -> write.accept(encoder),
                        decoder -> {
                            throw new IllegalArgumentException("a state is hashed, never read");
                        });
        return new StateItem(kind, Bytes.utf8(key.toString()), format.encode(fields));
    }

    /// The digest of a whole state: over all its items in order. The same on every machine.
    public static Digest digest(Collection<StateItem> items) {
        if (items.size() > COUNT_MAX) {
            throw new IllegalStateException(items.size() + " items in a state");
        }
        return LIST.digest(items.stream().sorted().toList());
    }

    @Override
    public int compareTo(StateItem other) {
        return ORDER.compare(this, other);
    }
}
