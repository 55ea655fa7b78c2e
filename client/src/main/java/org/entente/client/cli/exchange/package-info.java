/// The commands about exchanges: ask, listen, keep receipts, verify, audit.
///
/// May use: `client`, `client.cli.command`, `client.cli.party`. Specified in `docs/commands.md`.
@NullMarked
package org.entente.client.cli.exchange;

import org.jspecify.annotations.NullMarked;
