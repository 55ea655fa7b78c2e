/// Stored data over HTTP: records with their proofs, uploads, reads by who is granted, replicas.
///
/// May use: `runtime`, `chain.http`, `chain.industrial.data`, `.vault`, `.worker.data`. Specified
/// in `docs/chains/industrial-data.md` §6.
@NullMarked
package org.entente.chain.industrial.http.data;

import org.jspecify.annotations.NullMarked;
