/// Tests of the agent, package `app`.
///
/// May use: everything.
@NullMarked
package org.entente.agent.pem;

import org.jspecify.annotations.NullMarked;
