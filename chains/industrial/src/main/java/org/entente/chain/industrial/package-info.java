/// The industrial chain: who may seal, by a reputation that follows from blocks alone, and what a
/// node does so that all have the same blocks.
///
/// Pure. May use: `protocol`, `certs`, `light`, `chain` and its pure packages. Specified in
/// `docs/chains/industrial.md`.
@NullMarked
package org.entente.chain.industrial;

import org.jspecify.annotations.NullMarked;
