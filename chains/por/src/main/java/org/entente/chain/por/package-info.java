/// A chain by proof of rest: its blocks, the contracts by which its members change it, the tree of
/// blocks and what a node does about it.
///
/// Pure. May use: `protocol`, `certs`, `light`, `chain` and its pure packages. Specified in
/// `docs/chains/por.md`.
@NullMarked
package org.entente.chain.por;

import org.jspecify.annotations.NullMarked;
