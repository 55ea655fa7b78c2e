/// A chain on disk: the genesis, the log of blocks, snapshots of the state; and what is found of
/// them at the next start.
///
/// Shell. May use: `chain` and its pure packages, slf4j. Specified in `docs/ledger.md` §7.
@NullMarked
package org.entente.chain.store;

import org.jspecify.annotations.NullMarked;
