/// Contracts that a chain executes: what one is asked, where it keeps its data, what it answers.
///
/// Pure. May use: `protocol`, `chain`, `chain.state`. Specified in `docs/ledger.md` §12.
@NullMarked
package org.entente.chain.contract;

import org.jspecify.annotations.NullMarked;
