/// Tests of the agent.
///
/// May use: everything.
@NullMarked
package org.entente.agent;

import org.jspecify.annotations.NullMarked;
