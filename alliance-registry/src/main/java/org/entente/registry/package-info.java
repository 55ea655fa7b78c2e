/// Who belongs: organisations, chains, nodes, requirements, alliances, epoch by epoch.
///
/// A change is a signed entry of the relay's registry log; the registry is the fold of those
/// entries and tells which entries each alliance's own log is owed.
///
/// Pure. May use: `protocol`, `certs`, `registry.contract`, `registry.payload`, `registry.policy`.
/// Specified in `docs/protocol.md` §2.4 to §2.7 and §3.
@NullMarked
package org.entente.registry;

import org.jspecify.annotations.NullMarked;
