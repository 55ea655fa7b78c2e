/// Tests of the agent, package `app`.
///
/// May use: everything.
@NullMarked
package org.entente.agent.worker;

import org.jspecify.annotations.NullMarked;
