/// Transactions that wait for a block: bounded, in each account's order of nonces.
///
/// Shell. May use: `protocol`, `chain`, `chain.state`, `chain.execution`. Specified in
/// `docs/ledger.md` §5.2.
@NullMarked
package org.entente.chain.pool;

import org.jspecify.annotations.NullMarked;
