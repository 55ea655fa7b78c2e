/// How our processes connect: which server they take, and the certificate that they show.
///
/// Shell over the JDK's TLS; opens no connection itself. May use: `protocol`, `certs`. Specified in
/// `docs/certificates.md` §6.
@NullMarked
package org.entente.certs.tls;

import org.jspecify.annotations.NullMarked;
