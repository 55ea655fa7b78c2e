/// Which devices an organisation speaks with, by which certificates, and what they said.
///
/// Pure. May use: `protocol`, `certs`, `chain` and its pure packages, `register`,
/// `register.identifier`. Specified in `docs/chains/industrial-registers.md` §4.
@NullMarked
package org.entente.chain.industrial.register.device;

import org.jspecify.annotations.NullMarked;
