/// What a node shows of its consensus, beside the API that all our own chains have.
///
/// Shell. May use: `chain` and its packages but `app`, `chain.por` and its packages but `app`,
/// `light`, `runtime`. Specified in `docs/chains/por.md` §7.
@NullMarked
package org.entente.chain.por.http;

import org.jspecify.annotations.NullMarked;
