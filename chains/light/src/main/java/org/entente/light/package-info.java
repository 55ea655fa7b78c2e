/// What makes a header of our own chains one of the chain: the part of a consensus that whoever
/// only reads needs as well as a node. Keys of nodes and their signatures.
///
/// Pure. May use: `protocol`, `certs`. Specified in `docs/chains/por.md` §3.
@NullMarked
package org.entente.light;

import org.jspecify.annotations.NullMarked;
