package org.entente.chain.contract;

import org.entente.chain.state.Area;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a contract keeps, as one call sees and changes it (docs/ledger.md §12.3). The first thing
/// that a call may not do fails it, whatever it answers: [#verdict()]. For one call.
public final class Store {
    public static final int KEY_SIZE_BYTES_MAX = 256;

    /// What the keys and values that one call writes may come to.
    public static final int WRITES_SIZE_BYTES_MAX = 1 << 20;

    /// Beside its key and value, so that many small writes are not free.
    static final int WRITE_SIZE_BYTES = 256;

    /// What each call, read and write counts of what a block may spend; a write is hashed all the
    /// way up the state's tree.
    static final int CALL_STEPS = 1_000;

    static final int READ_STEPS = 500;
    static final int WRITE_STEPS = 20_000;

    /// How many keys one look under a prefix finds at most.
    public static final int UNDER_COUNT_MAX = 1_024;

    private final Contract contract;
    private final Draft draft;
    private final Position position;
    private final List<Answer.Emitted> events = new ArrayList<>();
    private Verdict verdict = Verdict.accepted();
    private long written;
    private long spent = CALL_STEPS;

    public Store(Contract contract, Draft draft, Position position) {
        this.contract = contract;
        this.draft = draft;
        this.position = position;
    }

    /// A key that has a value.
    ///
    /// @param version where it was written last
    public record Entry(Bytes key, Version.Present version, Bytes value) {}

    public Optional<Bytes> get(Bytes key) {
        return find(contract.name(), key).map(Entry::value);
    }

    public Optional<Entry> find(Bytes key) {
        return find(contract.name(), key);
    }

    /// The keys that begin so and have a value, ascending.
    ///
    /// @param countMax at most [#UNDER_COUNT_MAX] are found
    public List<Entry> under(Bytes prefix, int countMax) {
        return under(contract.name(), prefix, countMax);
    }

    /// A key of another contract, which this one says that it reads.
    public Optional<Entry> find(Name other, Bytes key) {
        spend(READ_STEPS);
        return readable(other) && fits(key)
                ? draft.item(place(other, key)).flatMap(Store::entry)
                : Optional.empty();
    }

    /// The keys of another contract, which this one says that it reads.
    public List<Entry> under(Name other, Bytes prefix, int countMax) {
        if (!readable(other)) {
            return List.of();
        }
        int most = Math.clamp(countMax, 0, UNDER_COUNT_MAX);
        spend((1L + most) * READ_STEPS);
        return draft.under(Area.STORE, other.text(), prefix, most).stream()
                .flatMap(item -> entry(item).stream())
                .toList();
    }

    public void put(Bytes key, Bytes value) {
        if (fits(key) && hasRoom(key.size() + (long) value.size())) {
            draft.put(place(contract.name(), key), position.version(), value);
        }
    }

    /// Leaves a tombstone where the key has a value, else nothing.
    public void delete(Bytes key) {
        if (get(key).isPresent() && hasRoom(key.size())) {
            draft.delete(place(contract.name(), key), position.version());
        }
    }

    /// Tells whoever listens, if the call takes effect.
    public void emit(Name topic, Bytes data) {
        // One too many is enough to fail the call.
        if (events.size() <= Answer.EVENT_COUNT_MAX) {
            events.add(new Answer.Emitted(topic, data));
        }
    }

    /// Counts work that the store does not see.
    public void spend(long steps) {
        spent += steps;
    }

    /// The work of this call.
    public long spent() {
        return spent;
    }

    /// Whether the call kept to what it may.
    public Verdict verdict() {
        return verdict;
    }

    /// What the receipt says of a call that answered so.
    public Parsed<Bytes> answer(Bytes output) {
        return verdict instanceof Verdict.Rejected why
                ? new Parsed.Refused<>(why)
                : Answer.encoded(output, events);
    }

    private boolean readable(Name other) {
        boolean allowed = other.equals(contract.name()) || contract.reads().contains(other);
        return allowed || refused(Fault.NOT_YOURS, "it does not say that it reads " + other);
    }

    private boolean fits(Bytes key) {
        boolean fits = !key.isEmpty() && key.size() <= KEY_SIZE_BYTES_MAX;
        return fits
                || refused(
                        Fault.INVALID_VALUE,
                        "a key has 1 to %d bytes, not %d"
                                .formatted(KEY_SIZE_BYTES_MAX, key.size()));
    }

    private boolean hasRoom(long size) {
        spend(WRITE_STEPS + size);
        written += size + WRITE_SIZE_BYTES;
        return written <= WRITES_SIZE_BYTES_MAX
                || refused(
                        Fault.TOO_LARGE,
                        "a call writes at most " + WRITES_SIZE_BYTES_MAX + " bytes");
    }

    private boolean refused(Fault fault, String why) {
        if (verdict.isAccepted()) {
            verdict = Verdict.rejected(fault, why);
        }
        return false;
    }

    private static StateKey place(Name contract, Bytes key) {
        return StateKey.store(contract, key);
    }

    private static Optional<Entry> entry(Item item) {
        return item.value().map(value -> new Entry(item.key().key(), item.version(), value));
    }
}
