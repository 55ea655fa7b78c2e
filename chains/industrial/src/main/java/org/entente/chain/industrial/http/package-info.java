/// What a node shows of its consensus, beside the API that all our own chains have.
///
/// Shell. May use: `chain` and its packages but `app`, `chain.industrial` and its packages but
/// `app`, `light`, `runtime`. Specified in `docs/chains/industrial.md` §9.
@NullMarked
package org.entente.chain.industrial.http;

import org.jspecify.annotations.NullMarked;
