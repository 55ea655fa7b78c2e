package org.entente.relay.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.log.Promise;
import org.entente.relay.SignedPromise;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogSettings;
import org.entente.relay.log.Opening;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The promises that the relay gave in one alliance, in their order: a log of its own, with the
/// relay's signature as the content of each record (protocol.md §6, ORDERED).
public final class PromiseLog {
    private PromiseLog() {}

    /// Makes it when it is not there yet.
    public static Log open(Path folder, AllianceId alliance, Consumer<Throwable> whenFailed)
            throws IOException {
        return Log.open(
                folder,
                Digest.of(Bytes.utf8("promises " + alliance)),
                LogSettings.SMALL,
                Log.isIn(folder) ? Opening.EXISTING : Opening.CREATE,
                whenFailed);
    }

    public static LogRecord record(SignedPromise promise) {
        return new LogRecord(
                Promise.FORMAT.encode(promise.promise()), promise.signature().bytes(), Bytes.EMPTY);
    }

    public static List<SignedPromise> all(Log log) {
        return log.stream(0, log.size()).map(PromiseLog::read).toList();
    }

    private static SignedPromise read(LogRecord record) {
        return new SignedPromise(
                Promise.FORMAT.decode(record.entry()).orThrow(), new Signature(record.content()));
    }
}
