/// The CA's ledger in a file: append-only, forced, shared by processes through a lock.
///
/// May use: `certs`, `certs.issue` and files. Specified in `docs/certificates.md` §4.
@NullMarked
package org.entente.certs.journal;

import org.jspecify.annotations.NullMarked;
