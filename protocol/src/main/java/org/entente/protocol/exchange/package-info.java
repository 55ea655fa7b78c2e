/// The signed objects of an exchange, from the request to the attestation of what it read.
///
/// Pure. May use: `protocol`, `protocol.encoding`. Specified in `docs/protocol.md` §5.
@NullMarked
package org.entente.protocol.exchange;

import org.jspecify.annotations.NullMarked;
