/// The ends of epochs on disk, for whoever follows the chain without its blocks.
///
/// Shell. May use: `chain` and its packages but `http`, `worker` and `app`, `chain.industrial`,
/// `light`, `certs`. Specified in `docs/chains/industrial.md` §2.
@NullMarked
package org.entente.chain.industrial.store;

import org.jspecify.annotations.NullMarked;
