/// The process of solo: its configuration, its wiring, its start and end; and what a node of any
/// chain of ours is configured with and serves alike.
///
/// Shell. May use: everything of `chain`, `runtime`, `certs.pem`. Specified in `docs/ledger.md` §8.
@NullMarked
package org.entente.chain.app;

import org.jspecify.annotations.NullMarked;
