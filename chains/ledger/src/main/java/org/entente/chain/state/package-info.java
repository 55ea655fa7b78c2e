/// The versioned state of a chain: keys with versions and tombstones, and the tree that commits to
/// them, with proofs that verify by the root alone.
///
/// Pure. May use: `protocol`, `chain`. Specified in `docs/ledger.md` §3.
@NullMarked
package org.entente.chain.state;

import org.jspecify.annotations.NullMarked;
