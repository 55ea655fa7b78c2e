/// Contracts in Java: what of their class files is allowed, how each step is counted, how one runs.
///
/// Pure, but for classes that it defines in loaders of its own. May use: `protocol`, `certs`,
/// `chain`, `chain.state`, `chain.contract`. Specified in `docs/ledger.md` §13.
@NullMarked
package org.entente.chain.contract.sandbox;

import org.jspecify.annotations.NullMarked;
