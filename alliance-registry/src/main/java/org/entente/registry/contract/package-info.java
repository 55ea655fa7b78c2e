/// What is agreed: alliance contracts, node contracts, conditions, resource patterns.
///
/// Pure. May use: `protocol`, `registry.payload`. Specified in `docs/protocol.md` §4.1 and §4.2.
@NullMarked
package org.entente.registry.contract;

import org.jspecify.annotations.NullMarked;
