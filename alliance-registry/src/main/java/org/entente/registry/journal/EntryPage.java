package org.entente.registry.journal;

import java.util.List;
import java.util.Optional;

/// Some entries, newest first.
///
/// @param next behind which the following page begins; empty on the last page
public record EntryPage(List<EntryRow> entries, Optional<EntryCursor> next) {
    public static final int SIZE_DEFAULT = 50;
    public static final int SIZE_MAX = 200;

    public EntryPage {
        entries = List.copyOf(entries);
    }
}
