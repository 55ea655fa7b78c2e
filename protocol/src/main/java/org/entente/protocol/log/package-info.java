/// The objects of a log: its entries, what they stand for, the seals over them, and how what is
/// handed on of a log is followed and checked.
///
/// Pure. May use: `protocol`, `protocol.encoding`, `protocol.exchange`, `protocol.merkle`.
/// Specified in `docs/protocol.md` §5 and §8.
@NullMarked
package org.entente.protocol.log;

import org.jspecify.annotations.NullMarked;
