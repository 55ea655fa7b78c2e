package org.entente.chain.store;

import java.io.IOException;
import java.nio.file.Path;

/// Another process has the chain of this directory.
public final class StoreInUse extends IOException {
    private static final long serialVersionUID = 1L;

    StoreInUse(Path lock) {
        super("another process has this chain: " + lock);
    }
}
