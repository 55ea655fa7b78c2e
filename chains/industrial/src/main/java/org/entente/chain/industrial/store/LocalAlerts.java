package org.entente.chain.industrial.store;

import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.store.RecordLog;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a node found in its own files, in the order it was found
/// (docs/chains/industrial-registers.md §6.5). A scrub finds again what a torn end forgets.
public final class LocalAlerts implements AutoCloseable {
    private static final String FILE = "alerts.local";

    /// `EnteAlr1`
    private static final long MAGIC = 0x456E7465416C7231L;

    private final RecordLog log;

    private LocalAlerts(RecordLog log) {
        this.log = log;
    }

    public static LocalAlerts open(Path directory, Digest genesis) throws IOException {
        return new LocalAlerts(
                RecordLog.open(directory.resolve(FILE), MAGIC, genesis, Alert.FORMAT.sizeMax()));
    }

    /// How many there are; the next one has this number.
    public int count() {
        return log.count();
    }

    /// Forced when this returns.
    public synchronized void tell(Alert alert) throws IOException {
        log.append(Alert.FORMAT.encode(alert));
    }

    /// Those from a number on, at most so many.
    public List<Alert> from(int number, int countMax) throws IOException {
        List<Alert> found = new ArrayList<>();
        for (int each = number; each < log.count() && found.size() < countMax; each++) {
            found.add(Alert.FORMAT.decode(log.at(each)).orThrow());
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
