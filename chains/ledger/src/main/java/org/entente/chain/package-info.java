/// What our own chains share: accounts' transactions, receipts, headers, blocks, the genesis.
///
/// Pure. May use: `protocol`, `certs`, `registry`, `endorsement`. Specified in `docs/ledger.md`.
@NullMarked
package org.entente.chain;

import org.jspecify.annotations.NullMarked;
