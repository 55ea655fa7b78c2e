/// The public HTTP API of a chain: transactions in; state, proofs, blocks and events out.
///
/// Shell. May use: `chain` and its packages but `app`, `runtime`. Specified in `docs/ledger.md` §6.
@NullMarked
package org.entente.chain.http;

import org.jspecify.annotations.NullMarked;
