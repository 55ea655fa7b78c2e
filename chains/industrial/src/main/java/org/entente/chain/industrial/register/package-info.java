/// Who belongs to an industrial chain and which keys speak for whom: what all its registers share.
///
/// Pure. May use: `protocol`, `certs`, `chain` and its pure packages. Specified in
/// `docs/chains/industrial-registers.md`.
@NullMarked
package org.entente.chain.industrial.register;

import org.jspecify.annotations.NullMarked;
