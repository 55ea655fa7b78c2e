/// What survives a crash of an agent, and what is refused.
@NullMarked
package org.entente.agent.journal;

import org.jspecify.annotations.NullMarked;
