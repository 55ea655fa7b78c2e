/// How a node of the chain begins to keep data: what its file says, and all that belongs to it.
///
/// May use: `runtime`, `chain.industrial.data`, `.vault`, `.worker.data`, `.http.data`. Specified
/// in `docs/chains/industrial-data.md` §7.
@NullMarked
package org.entente.chain.industrial.app.data;

import org.jspecify.annotations.NullMarked;
