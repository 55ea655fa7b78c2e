package org.entente.chain.contract.sandbox;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.util.LinkedHashMap;
import java.util.function.Supplier;

/// Contracts that were prepared lately, by the digests of their code. What is not here is prepared
/// again, to the same. Used by any thread.
final class Shelf {
    private static final int COUNT_MAX = 64;

    /// The least used first. Guarded by this shelf.
    private final LinkedHashMap<Digest, Parsed<Machine>> machines =
            new LinkedHashMap<>(COUNT_MAX, 0.75f, true);

    synchronized Parsed<Machine> machine(Digest digest, Supplier<Bytes> code) {
        Parsed<Machine> known = machines.get(digest);
        if (known != null) {
            return known;
        }
        Parsed<Machine> made = Code.FORMAT.decode(code.get()).then(Machine::of);
        machines.put(digest, made);
        if (machines.size() > COUNT_MAX) {
            machines.pollFirstEntry();
        }
        return made;
    }
}
