/// Keys and certificates in files: PEM, PKCS#12, the directory of an organisation's CA.
///
/// May use: `certs`, `certs.issue`, `certs.journal` and files. Specified in `docs/certificates.md`
/// §4.
@NullMarked
package org.entente.certs.pem;

import org.jspecify.annotations.NullMarked;
