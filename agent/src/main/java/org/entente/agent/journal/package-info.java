/// What an agent decided, durably: files that are only appended to, one for each alliance, the
/// session's term, and what its organisation received.
///
/// May use: `agent`, `protocol`. Specified in `docs/agent.md` §5.
@NullMarked
package org.entente.agent.journal;

import org.jspecify.annotations.NullMarked;
