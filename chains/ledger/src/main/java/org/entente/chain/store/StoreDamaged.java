package org.entente.chain.store;

import java.io.IOException;
import java.nio.file.Path;

/// The files do not hold what was written to them: where and what is wrong. A person must look;
/// nothing is repaired by itself.
public final class StoreDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    StoreDamaged(Path file, long offset, String what) {
        super(file + " at " + offset + ": " + what);
    }
}
