/// Trusted storage of industrial data: what of it stands on the chain, whatever its type, and how
/// one chunk, one reading, one document is checked against it.
///
/// Pure. May use: `protocol`, `certs`, `chain` and its pure packages, the registers (a series may
/// be a device's). Specified in `docs/chains/industrial-data.md`.
@NullMarked
package org.entente.chain.industrial.data;

import org.jspecify.annotations.NullMarked;
