/// Tests of the agent, package `app`.
///
/// May use: everything.
@NullMarked
package org.entente.agent.app;

import org.jspecify.annotations.NullMarked;
