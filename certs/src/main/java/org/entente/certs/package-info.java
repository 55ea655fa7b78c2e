/// Who may speak: certificates, the chains they stand in, and what each may be used for.
///
/// Pure. May use: `protocol`, `java.security` and Bouncy Castle. Specified in
/// `docs/certificates.md` and protocol.md §2.
@NullMarked
package org.entente.certs;

import org.jspecify.annotations.NullMarked;
