/// The objects of the notary log: its entries, the seals over it, and what a reader checks of both.
///
/// Pure. May use: `protocol`, `protocol.encoding`, `protocol.merkle`. Specified in
/// `docs/protocol.md` §5 and §8.
@NullMarked
package org.entente.protocol.log;

import org.jspecify.annotations.NullMarked;
