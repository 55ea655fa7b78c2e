/// The database view of the logs: the folds' items in canonical bytes, and the entries to search.
///
/// Never the truth: whatever is missing, damaged or different is made anew from the logs.
///
/// Shell. May use: `registry`, JDBC. Specified in `docs/view.md`.
@NullMarked
package org.entente.registry.journal;

import org.jspecify.annotations.NullMarked;
