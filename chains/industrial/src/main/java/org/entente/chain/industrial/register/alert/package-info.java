/// What people are to hear of, as it follows from blocks, and who subscribed to what.
///
/// Pure. May use: `protocol`, `certs`, `chain` and its pure packages, `chain.industrial`,
/// `register` and its packages. Specified in `docs/chains/industrial-registers.md` §6.
@NullMarked
package org.entente.chain.industrial.register.alert;

import org.jspecify.annotations.NullMarked;
