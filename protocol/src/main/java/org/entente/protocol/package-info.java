/// What crosses chains: ids, keys, digests, the signed objects of an exchange and of the log.
///
/// Pure. May use: nothing but the JDK. Specified in `docs/protocol.md` §5.
@NullMarked
package org.entente.protocol;

import org.jspecify.annotations.NullMarked;
