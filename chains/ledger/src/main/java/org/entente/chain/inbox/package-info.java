/// The inbox contract as our own chains have it, native: what an alliance brings → proofs checked →
/// keys written, one outcome per serial.
///
/// Pure. May use: `protocol`, `certs`, `registry`, `endorsement`, `chain.state`, `chain.contract`.
/// Specified in `docs/protocol.md` §6.9 and `docs/ledger.md` §4.
@NullMarked
package org.entente.chain.inbox;

import org.jspecify.annotations.NullMarked;
