/// What is brought to inbox contracts: exchanges, epoch records, cancellations, each with the proof
/// that the log has it and that the majority sealed it.
///
/// Pure. May use: `protocol`, `protocol.encoding`, `protocol.exchange`, `protocol.log`,
/// `protocol.merkle`. Specified in `docs/protocol.md` §6.9.
@NullMarked
package org.entente.protocol.delivery;

import org.jspecify.annotations.NullMarked;
