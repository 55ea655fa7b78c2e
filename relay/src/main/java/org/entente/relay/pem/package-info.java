/// The relay's own key and the certificate it shows, which clients pin; nobody else trusts it.
///
/// Shell. May use: `certs`. Specified in `docs/protocol.md` §2.1.
@NullMarked
package org.entente.relay.pem;

import org.jspecify.annotations.NullMarked;
