/// Pacts, the general contracts: which stand, whether what one waits for holds, what it does.
///
/// Pure. May use: `protocol`, `chain`, `chain.state`. Specified in `docs/ledger.md` §11.
@NullMarked
package org.entente.chain.pact;

import org.jspecify.annotations.NullMarked;
