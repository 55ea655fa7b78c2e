/// Merkle trees over SHA-256 (RFC 6962, RFC 9162): leaves → root, proofs, and what verifies them.
///
/// Pure. May use: `protocol`, `protocol.encoding`. Specified in `docs/protocol.md` §5 and
/// `docs/log.md` §6.
@NullMarked
package org.entente.protocol.merkle;

import org.jspecify.annotations.NullMarked;
