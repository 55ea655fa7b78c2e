/// The log: drafts → entries with serials, forced to disk by one committer; what was written → read
/// again, proved, exported; what was damaged → named.
///
/// May use: `protocol`. Touches: the files of one directory. Specified in `docs/log.md`.
@NullMarked
package org.entente.relay.log;

import org.jspecify.annotations.NullMarked;
