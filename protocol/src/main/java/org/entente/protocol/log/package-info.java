/// The objects of the notary log: its entries, what they stand for, and the seals over them.
///
/// Pure. May use: `protocol`, `protocol.encoding`, `protocol.exchange`. Specified in
/// `docs/protocol.md` §5 and §8.
@NullMarked
package org.entente.protocol.log;

import org.jspecify.annotations.NullMarked;
