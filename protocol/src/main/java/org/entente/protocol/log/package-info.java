/// The objects of the notary log: its entries and the seals over it.
///
/// Pure. May use: `protocol`, `protocol.encoding`. Specified in `docs/protocol.md` §5 and §8.
@NullMarked
package org.entente.protocol.log;

import org.jspecify.annotations.NullMarked;
