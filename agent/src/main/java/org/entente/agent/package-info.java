/// The member's process: what its organisation's CA gives out, and what it owes the relay.
///
/// Pure. May use: `protocol`, `certs`, `registry` (module alliance-registry), `endorsement`,
/// `adapter`. Specified in `docs/protocol.md` §2, §6, `docs/exchange.md` and `docs/agent.md`.
@NullMarked
package org.entente.agent;

import org.jspecify.annotations.NullMarked;
