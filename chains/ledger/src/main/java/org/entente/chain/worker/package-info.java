/// The thread that makes solo's blocks, and what it tells.
///
/// Shell. May use: `chain` and its packages but `http` and `app`, `runtime`, slf4j. Specified in
/// `docs/ledger.md` §5.
@NullMarked
package org.entente.chain.worker;

import org.jspecify.annotations.NullMarked;
