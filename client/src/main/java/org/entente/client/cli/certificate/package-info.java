/// Commands about certificates and about logs: `cert`, `log`.
///
/// May use: `client`, `client.cli.command`, `client.cli.party`. Specified in `docs/commands.md`.
@NullMarked
package org.entente.client.cli.certificate;

import org.jspecify.annotations.NullMarked;
