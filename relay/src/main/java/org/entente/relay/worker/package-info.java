/// The one thread that orders: a change is checked, appended, forced, folded, answered.
///
/// Shell. May use: `relay`, `relay.log`, `registry`. Specified in `docs/relay.md` §2.
@NullMarked
package org.entente.relay.worker;

import org.jspecify.annotations.NullMarked;
