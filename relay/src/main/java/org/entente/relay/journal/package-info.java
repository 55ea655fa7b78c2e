/// What the relay keeps beside its logs: invitations, and the newest revocation list of each CA.
///
/// Shell. May use: `certs`. Specified in `docs/relay.md` §4.
@NullMarked
package org.entente.relay.journal;

import org.jspecify.annotations.NullMarked;
