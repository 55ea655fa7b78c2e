package org.entente.trials.simulation;

import org.entente.agent.Decision;
import org.entente.agent.Memory;
import org.entente.protocol.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// An agent's journal on its disk, as bytes: what was forced stays, of the rest a crash leaves a
/// beginning or nothing.
final class JournalDisk {
    private final List<Bytes> forced = new ArrayList<>();
    private final List<Bytes> unforced = new ArrayList<>();

    /// Writes decisions; what was written.
    List<Bytes> append(List<Decision> decisions) {
        List<Bytes> written = decisions.stream().map(Decision.FORMAT::encode).toList();
        unforced.addAll(written);
        return written;
    }

    void force() {
        forced.addAll(unforced);
        unforced.clear();
    }

    int unforced() {
        return unforced.size();
    }

    /// @param kept how many of the decisions that were not forced are there all the same
    void crash(int kept) {
        forced.addAll(unforced.subList(0, kept));
        unforced.clear();
    }

    List<Decision> decisions() {
        return forced.stream().map(each -> Decision.FORMAT.decode(each).orThrow()).toList();
    }

    /// It is written anew, as short as it can be.
    void compact() {
        replace(Memory.of(decisions()).decisions());
    }

    void forget(Predicate<Decision> which) {
        replace(decisions().stream().filter(which.negate()).toList());
    }

    private void replace(List<Decision> decisions) {
        forced.clear();
        decisions.forEach(each -> forced.add(Decision.FORMAT.encode(each)));
    }
}
