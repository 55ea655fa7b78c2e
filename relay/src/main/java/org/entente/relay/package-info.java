/// What a relay's logs add up to, and what they still owe each other.
///
/// Pure. May use: `protocol`, `certs`, `registry`. Specified in `docs/relay.md` §2.
@NullMarked
package org.entente.relay;

import org.jspecify.annotations.NullMarked;
