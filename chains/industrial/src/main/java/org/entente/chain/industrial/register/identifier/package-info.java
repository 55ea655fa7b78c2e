/// What things are called, whose they are and where they are described.
///
/// Pure. May use: `protocol`, `certs`, `chain` and its pure packages, `register`. Specified in
/// `docs/chains/industrial-registers.md` §3.
@NullMarked
package org.entente.chain.industrial.register.identifier;

import org.jspecify.annotations.NullMarked;
