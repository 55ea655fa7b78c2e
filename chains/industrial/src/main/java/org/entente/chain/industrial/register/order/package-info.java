/// What one organisation orders of another, step by step, and who looked into it.
///
/// Pure. May use: `protocol`, `certs`, `chain` and its pure packages, `register`. Specified in
/// `docs/chains/industrial-registers.md` §5.
@NullMarked
package org.entente.chain.industrial.register.order;

import org.jspecify.annotations.NullMarked;
