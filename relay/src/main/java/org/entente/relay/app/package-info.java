/// The relay's process: its configuration, its wiring, its start and end.
///
/// Shell. May use: everything of `relay`, `runtime`. Specified in `docs/relay.md` §1.
@NullMarked
package org.entente.relay.app;

import org.jspecify.annotations.NullMarked;
