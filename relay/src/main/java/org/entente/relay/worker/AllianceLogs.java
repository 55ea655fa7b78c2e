package org.entente.relay.worker;

import org.entente.protocol.AllianceId;
import org.entente.registry.SignedChange;

import java.io.IOException;
import java.util.List;

/// Where the registry's dues are appended: each alliance's desk alone appends to its log.
@FunctionalInterface
public interface AllianceLogs {
    /// Returns when all of them stand in the log, forced.
    ///
    /// @param from how many changes the registry owed before the first of these
    DeskWorker.Forced append(AllianceId alliance, int from, List<SignedChange> changes)
            throws IOException, InterruptedException;
}
