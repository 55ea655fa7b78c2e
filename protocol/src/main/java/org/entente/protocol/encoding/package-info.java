/// The one canonical encoding: values → bytes, bytes → values or a fault, strict both ways.
///
/// Pure. May use: `protocol`. Specified in `docs/protocol.md` §5.1 and `docs/formats.md` §1.
@NullMarked
package org.entente.protocol.encoding;

import org.jspecify.annotations.NullMarked;
