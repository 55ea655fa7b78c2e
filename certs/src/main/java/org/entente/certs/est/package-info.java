/// Enrolment over secure transport (RFC 7030) as messages: what comes in, what goes out, without
/// HTTP, which the agent puts around it.
///
/// Pure. May use: `protocol`, `certs`, `certs.issue`. Specified in `docs/certificates.md` §6.
@NullMarked
package org.entente.certs.est;

import org.jspecify.annotations.NullMarked;
