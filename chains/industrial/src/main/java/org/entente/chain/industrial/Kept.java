package org.entente.chain.industrial;

import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.protocol.Bytes;

/// Where this consensus keeps what it knows, in the area SYSTEM (docs/chains/industrial.md §5). All
/// of it stands under the state root, so a header proves who seals in the next epoch.
public final class Kept {
    public static final StateKey SETTINGS = StateKey.system(Bytes.utf8("settings"));
    public static final StateKey TABLE = StateKey.system(Bytes.utf8("table"));
    static final StateKey PAST = StateKey.system(Bytes.utf8("past"));

    private Kept() {}

    public static Settings settings(Reading state) {
        return state.value(SETTINGS).map(it -> Settings.FORMAT.decode(it).orThrow()).orElseThrow();
    }

    public static Table table(Reading state) {
        return state.value(TABLE).map(it -> Table.FORMAT.decode(it).orThrow()).orElseThrow();
    }

    public static Past past(Reading state) {
        return state.value(PAST).map(it -> Past.FORMAT.decode(it).orThrow()).orElseThrow();
    }

    /// Of an epoch that has begun, or begins with the next block.
    public static Sealers sealers(Reading state, long epoch) {
        return state.value(place(epoch))
                .map(it -> Sealers.FORMAT.decode(it).orThrow())
                .orElseThrow();
    }

    /// Whose turns there are at a height, by the state behind the block before it.
    public static Roster roster(Reading state, long height) {
        long epoch = settings(state).epoch(height);
        return Roster.of(sealers(state, epoch), table(state));
    }

    public static StateKey place(long epoch) {
        return StateKey.system(Sealers.place(epoch));
    }

    static void settings(Draft draft, Position position, Settings settings) {
        draft.put(SETTINGS, position.version(), Settings.FORMAT.encode(settings));
    }

    static void table(Draft draft, Position position, Table table) {
        draft.put(TABLE, position.version(), Table.FORMAT.encode(table));
    }

    static void past(Draft draft, Position position, Past past) {
        draft.put(PAST, position.version(), Past.FORMAT.encode(past));
    }

    static void sealers(Draft draft, Position position, Sealers sealers) {
        draft.put(place(sealers.epoch()), position.version(), Sealers.FORMAT.encode(sealers));
    }
}
