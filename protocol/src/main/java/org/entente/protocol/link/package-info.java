/// What a relay and an agent say to each other over the one connection that the agent keeps open.
///
/// Pure. May use: `protocol`, `protocol.encoding`, `protocol.exchange`, `protocol.log`. Specified
/// in `docs/exchange.md` §2.
@NullMarked
package org.entente.protocol.link;

import org.jspecify.annotations.NullMarked;
