/// Commands about alliances: `alliance`, `contract`, `flow`.
///
/// May use: `client`, `client.cli.command`, `client.cli.party`. Specified in `docs/commands.md`.
@NullMarked
package org.entente.client.cli.alliance;

import org.jspecify.annotations.NullMarked;
