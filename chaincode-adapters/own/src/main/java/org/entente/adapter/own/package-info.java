/// What our own chains say, as a light client reads it: headers, proofs of the state, transactions
/// to inbox contracts; and what makes a header final.
///
/// Pure. May use: `protocol`, `certs`, `light`, `adapter`. Written from `docs/ledger.md`, not from
/// the chain's code. Specified in `docs/adapters.md` §5.
@NullMarked
package org.entente.adapter.own;

import org.jspecify.annotations.NullMarked;
