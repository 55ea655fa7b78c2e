/// Transactions → the next block and state; a block of others → whether it follows from ours.
///
/// Pure. May use: `protocol`, `certs`, `chain`, `chain.state`, `chain.inbox`, `chain.pact`,
/// `chain.contract`. Specified in `docs/ledger.md` §2.
@NullMarked
package org.entente.chain.execution;

import org.jspecify.annotations.NullMarked;
