/// Commands that see the configuration of every process and the machine they run on.
///
/// May use: `client.cli`, `runtime`, `relay.app`, `agent.app`. Specified in `docs/commands.md`.
@NullMarked
package org.entente.launcher.app;

import org.jspecify.annotations.NullMarked;
