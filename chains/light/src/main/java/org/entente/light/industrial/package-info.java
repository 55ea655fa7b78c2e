/// The industrial chain's words that outlive their moment: who seals in an epoch, a sealer's signed
/// word, and the certificate that makes a header final.
///
/// Pure. May use: `protocol`, `certs`. Specified in `docs/chains/industrial.md` §1 and §2.
@NullMarked
package org.entente.light.industrial;

import org.jspecify.annotations.NullMarked;
