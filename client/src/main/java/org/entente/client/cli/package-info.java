/// The `entente` commands: all groups together.
///
/// May use: `client` and every package below. Specified in `docs/commands.md`.
@NullMarked
package org.entente.client.cli;

import org.jspecify.annotations.NullMarked;
