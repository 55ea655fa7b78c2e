/// The one thread that orders: a change is checked, appended, forced, folded, answered.
///
/// Beside it, a thread that brings the database view after what was recorded.
///
/// Shell. May use: `relay`, `relay.log`, `registry`, `registry.journal`. Specified in
/// `docs/relay.md` §2 and `docs/view.md` §4.
@NullMarked
package org.entente.relay.worker;

import org.jspecify.annotations.NullMarked;
