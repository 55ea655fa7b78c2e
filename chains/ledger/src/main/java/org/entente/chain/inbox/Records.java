package org.entente.chain.inbox;

import org.entente.chain.state.Area;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.chain.state.Serial;
import org.entente.chain.state.StateKey;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.log.Settlement;
import org.entente.registry.EpochRecord;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What one inbox contract keeps, read from a state (docs/ledger.md §4.1). Each record is an item
/// of the contract's own area: one byte of kind, then its key.
public final class Records {
    public static final int CLOSED_COUNT_MAX = 256;

    /// Of 4,096 records that strike as many as a record can.
    static final int STRUCK_COUNT_MAX = 1 << 20;

    private static final int OWNER = 1;
    private static final int EPOCH = 2;
    private static final int STRUCK = 3;
    private static final int OUTCOME = 4;
    private static final int APPLIED = 5;
    private static final int CLOSED = 6;
    private static final Bytes MARK = Bytes.copyOf(new byte[] {1});

    private final Reading state;
    private final String address;

    public Records(Reading state, String address) {
        this.state = state;
        this.address = address;
    }

    /// The address of the contract.
    public String address() {
        return address;
    }

    /// Whose brake it has; empty: there is no contract at this address.
    public Optional<VerifyingKey> owner() {
        return state.value(key(OWNER, Bytes.EMPTY)).map(VerifyingKey::new);
    }

    /// The epoch record with a number, and from which serial on it holds.
    public Optional<Epoch> epoch(long number) {
        return state.value(epochKey(number))
                .map(value ->
                        new Epoch(
                                value.asBuffer().getLong(),
                                EpochRecord.FORMAT
                                        .decode(value.slice(Serial.SIZE_BYTES, value.size()))
                                        .orThrow()));
    }

    /// @param from the first serial of its range
    public record Epoch(long from, EpochRecord record) {}

    /// The newest epoch record. Only for a contract that exists.
    public Epoch newest() {
        Bytes number =
                state.value(key(EPOCH, Bytes.EMPTY))
                        .orElseThrow(() -> new IllegalStateException("no inbox at " + address));
        return epoch(number.asBuffer().getLong()).orElseThrow();
    }

    /// The epoch record in whose range a serial lies, as far as records are known here.
    Epoch epochAt(long serial) {
        Epoch epoch = newest();
        while (epoch.from() > serial) {
            epoch = epoch(epoch.record().epoch() - 1).orElseThrow();
        }
        return epoch;
    }

    AllianceId alliance() {
        return newest().record().id();
    }

    /// Keys that any known record struck.
    SortedSet<VerifyingKey> struck() {
        TreeSet<VerifyingKey> keys = new TreeSet<>();
        for (Item item : state.under(Area.CONTRACT, address, kind(STRUCK), STRUCK_COUNT_MAX)) {
            keys.add(new VerifyingKey(rest(item)));
        }
        return Collections.unmodifiableSortedSet(keys);
    }

    /// How the exchange of a serial ended here.
    public Optional<Settlement> outcome(long serial) {
        return state.value(outcomeKey(address, serial))
                .map(bytes -> Settlement.FORMAT.decode(bytes).orThrow());
    }

    /// Where the outcome of a serial stands, for whoever wants its proof.
    public static StateKey outcomeKey(String address, long serial) {
        return key(address, OUTCOME, new Serial(serial).bytes());
    }

    boolean isApplied(Digest exchange) {
        return state.value(key(APPLIED, exchange.bytes())).isPresent();
    }

    /// The prefixes that the owner closed, ascending.
    public List<Bytes> closed() {
        List<Bytes> prefixes = new ArrayList<>();
        state.under(Area.CONTRACT, address, kind(CLOSED), CLOSED_COUNT_MAX)
                .forEach(item -> prefixes.add(rest(item)));
        return Collections.unmodifiableList(prefixes);
    }

    /// The version that a key of the alliance has here.
    Version version(Bytes key) {
        Optional<Item> item = state.item(StateKey.delivered(address, key));
        return item.isPresent() ? item.get().version() : new Version.Absent();
    }

    void found(Draft draft, VerifyingKey owner, EpochRecord record, Position position) {
        draft.put(key(OWNER, Bytes.EMPTY), position.version(), owner.bytes());
        add(draft, 0, record, position);
    }

    void add(Draft draft, long from, EpochRecord record, Position position) {
        draft.put(key(EPOCH, Bytes.EMPTY), position.version(), new Serial(record.epoch()).bytes());
        draft.put(
                epochKey(record.epoch()),
                position.version(),
                new Serial(from).bytes().concat(EpochRecord.FORMAT.encode(record)));
        for (VerifyingKey struck : record.struck()) {
            draft.put(key(STRUCK, struck.bytes()), position.version(), MARK);
        }
    }

    void end(Draft draft, Settlement settlement, Position position) {
        draft.put(
                outcomeKey(address, settlement.serial()),
                position.version(),
                Settlement.FORMAT.encode(settlement));
    }

    void apply(Draft draft, Digest exchange, long serial, Position position) {
        draft.put(key(APPLIED, exchange.bytes()), position.version(), new Serial(serial).bytes());
    }

    void close(Draft draft, Bytes prefix, Position position) {
        draft.put(key(CLOSED, prefix), position.version(), MARK);
    }

    void open(Draft draft, Bytes prefix, Position position) {
        draft.delete(key(CLOSED, prefix), position.version());
    }

    private StateKey epochKey(long number) {
        return key(EPOCH, new Serial(number).bytes());
    }

    private StateKey key(int kind, Bytes rest) {
        return key(address, kind, rest);
    }

    private static StateKey key(String address, int kind, Bytes rest) {
        return new StateKey(Area.CONTRACT, address, kind(kind).concat(rest));
    }

    private static Bytes kind(int kind) {
        return Bytes.copyOf(new byte[] {(byte) kind});
    }

    private static Bytes rest(Item item) {
        return item.key().key().slice(1, item.key().key().size());
    }
}
