package org.entente.chain.contract;

import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;

import java.util.List;
import java.util.SortedSet;

/// What accounts call by its name. Deterministic: every node executes every call and must come to
/// the same. It knows nothing but what it is handed: no clock, no chance, no other place.
public interface Contract {
    Name name();

    /// Whose stores it may read beside its own.
    default SortedSet<Name> reads() {
        return Sorted.copyOf(List.<Name>of());
    }

    /// One call. What it refuses changes nothing, whatever it wrote before.
    ///
    /// @return what it answers
    Parsed<Bytes> call(Call call, Store store);
}
