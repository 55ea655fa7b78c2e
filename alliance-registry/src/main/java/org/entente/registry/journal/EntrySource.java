package org.entente.registry.journal;

import java.io.IOException;

/// Where the view reads entries of the logs.
@FunctionalInterface
public interface EntrySource {
    EntryRow read(String log, long serial) throws IOException;
}
