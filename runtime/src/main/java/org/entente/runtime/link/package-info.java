/// A line: one connection that both ends keep open and send whole messages over.
///
/// Shell. May use: `protocol`, `runtime`, slf4j. The server's end is in `runtime.http`. Specified
/// in `docs/exchange.md` §2.
@NullMarked
package org.entente.runtime.link;

import org.jspecify.annotations.NullMarked;
