/// How our processes connect: which server they take, and the certificate that they show; how the
/// nodes of a chain do among equals.
///
/// Shell over the JDK's TLS; opens no connection itself. May use: `protocol`, `certs`. Specified in
/// `docs/certificates.md` §6 and `docs/ledger.md` §10.
@NullMarked
package org.entente.certs.tls;

import org.jspecify.annotations.NullMarked;
