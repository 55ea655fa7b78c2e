/// The registry as JSON for people, for `curl` and for pages. Whoever must not believe the relay
/// folds the logs instead.
///
/// Shell. May use: `registry`, `registry.journal`, `runtime`. Specified in `docs/relay.md` §3.
@NullMarked
package org.entente.registry.http;

import org.jspecify.annotations.NullMarked;
