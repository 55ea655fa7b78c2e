package org.entente.registry.journal;

import org.entente.registry.ChangeEntry;

import java.io.IOException;

/// Where the view reads entries of the logs.
@FunctionalInterface
public interface EntrySource {
    ChangeEntry read(String log, long serial) throws IOException;
}
