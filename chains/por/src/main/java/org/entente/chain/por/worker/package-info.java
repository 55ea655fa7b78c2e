/// A node at work: the thread that decides, what waits, what is said to peers, what is shown.
///
/// Shell. May use: `chain` and its packages but `http` and `app`, `chain.por` and
/// `chain.por.mining`, `runtime`, slf4j. Specified in `docs/chains/por.md` §6.
@NullMarked
package org.entente.chain.por.worker;

import org.jspecify.annotations.NullMarked;
