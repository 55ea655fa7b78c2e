/// What a node does with the data it keeps, by itself: erases what its owner erased, keeps a
/// replica elsewhere, looks for damage and heals it.
///
/// May use: `runtime`, `chain.worker`, `chain.industrial.data`, `chain.industrial.vault`. Specified
/// in `docs/chains/industrial-data.md` §5.
@NullMarked
package org.entente.chain.industrial.worker.data;

import org.jspecify.annotations.NullMarked;
