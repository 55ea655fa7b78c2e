/// Proof of rest: whoever made a block lately finds the next one hard to make. How hard, for whom,
/// and when a block is final.
///
/// Pure. May use: `protocol`, `light`. Specified in `docs/chains/por.md` §2 and §3.
@NullMarked
package org.entente.light.por;

import org.jspecify.annotations.NullMarked;
