/// What a contract in Java is written against: nothing else of Entente is seen by it.
///
/// Pure. May use: nothing. Specified in `docs/ledger.md` §13.
@NullMarked
package org.entente.chain.contract.api;

import org.jspecify.annotations.NullMarked;
