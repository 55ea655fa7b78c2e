/// What the agent does without being asked: registers itself with the relay, publishes CRLs, renews
/// its certificate, warns before something ends.
///
/// Shell. May use: `agent`, `certs`, `registry`, `runtime`. Specified in `docs/agent.md` §3.
@NullMarked
package org.entente.agent.worker;

import org.jspecify.annotations.NullMarked;
