/// The search for a nonce: a template of a header and a target → the first nonce whose hash is
/// below it.
///
/// Shell: one platform thread. [HeaderHash], [Target] and [Pace] are pure. May use: `protocol`.
/// Specified in `docs/performance.md` §3.
@NullMarked
package org.entente.chain.por.mining;

import org.jspecify.annotations.NullMarked;
