/// How a program outside speaks with the relay and with an agent: asks, retries, and checks every
/// answer itself.
///
/// What a relay says counts only as far as it follows from signatures and from the log. May use:
/// `protocol`, `certs`, `registry`, `endorsement`. Specified in `docs/client.md`.
@NullMarked
package org.entente.client;

import org.jspecify.annotations.NullMarked;
