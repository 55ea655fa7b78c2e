/// The ./entente program beside relay and agent: the client's commands, `config check`, `doctor`.
///
/// May use: every room but `trials`. Specified in `docs/commands.md`.
@NullMarked
package org.entente.launcher;

import org.jspecify.annotations.NullMarked;
