/// Who can forge and who can block an exchange, computed exactly.
///
/// Pure. May use: `protocol`, `registry.contract`. Specified in `docs/protocol.md` §4.3.
@NullMarked
package org.entente.registry.policy;

import org.jspecify.annotations.NullMarked;
