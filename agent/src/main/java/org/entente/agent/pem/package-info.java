/// The files the agent works from: its organisation's directory and its own key.
///
/// Shell. May use: `agent`, `certs`. Specified in `docs/agent.md` §1.
@NullMarked
package org.entente.agent.pem;

import org.jspecify.annotations.NullMarked;
