/// What a flow demands of its payloads: a part of JSON Schema that means the same on every machine
/// and whose cost is bounded.
///
/// Pure. May use: `protocol`. Specified in `docs/formats.md` §3.7.
@NullMarked
package org.entente.registry.payload;

import org.jspecify.annotations.NullMarked;
