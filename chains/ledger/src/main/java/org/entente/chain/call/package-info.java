/// Functions that read a chain's own state: what a node contract's program `call` asks for.
///
/// Pure. May use: `protocol`, `chain.state`. Specified in `docs/ledger.md` §6.4.
@NullMarked
package org.entente.chain.call;

import org.jspecify.annotations.NullMarked;
