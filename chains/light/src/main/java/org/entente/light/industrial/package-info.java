/// The industrial chain's words that outlive their moment: how it begins, who seals in an epoch, a
/// sealer's signed word, the certificate that makes a header final, and how all of that is followed
/// without a block.
///
/// Pure. May use: `protocol`, `certs`. Specified in `docs/chains/industrial.md` §1, §2, §4 and §7.
@NullMarked
package org.entente.light.industrial;

import org.jspecify.annotations.NullMarked;
