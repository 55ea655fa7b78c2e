/// An organisation's own CA: who gets which certificate; what it remembers of that.
///
/// Pure; what it remembers lies behind the port `Ledger`. May use: `protocol`, `certs`. Specified
/// in `docs/certificates.md` §3.
@NullMarked
package org.entente.certs.issue;

import org.jspecify.annotations.NullMarked;
