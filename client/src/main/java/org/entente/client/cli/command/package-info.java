/// What a command is: its parameters, its answer as text and as JSON, its help, its end.
///
/// Knows no single command. May use: `client`. Specified in `docs/client.md` §3.
@NullMarked
package org.entente.client.cli.command;

import org.jspecify.annotations.NullMarked;
