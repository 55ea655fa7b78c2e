/// The thread that drives the core, those that execute and verify for it, what it keeps on disk,
/// and its talk with the other nodes.
///
/// Shell. May use: `chain` and its packages but `http` and `app`, `chain.industrial`, `light`,
/// `certs`, `runtime`, slf4j. Specified in `docs/chains/industrial.md` §6 and §9.
@NullMarked
package org.entente.chain.industrial.worker;

import org.jspecify.annotations.NullMarked;
