/// The relay's public API: changes in; logs, proofs, tiles and revocation lists out.
///
/// Shell. May use: `relay`, `relay.log`, `relay.worker`, `relay.journal`, `runtime`. Specified in
/// `docs/relay.md` §3.
@NullMarked
package org.entente.relay.http;

import org.jspecify.annotations.NullMarked;
