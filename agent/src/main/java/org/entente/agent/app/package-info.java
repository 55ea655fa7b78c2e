/// The agent's process: its configuration, its wiring, its start and end.
///
/// Shell. May use: everything of `agent`. Specified in `docs/agent.md` §1.
@NullMarked
package org.entente.agent.app;

import org.jspecify.annotations.NullMarked;
