/// The threads that write: what follows from what, and what survives what.
@NullMarked
package org.entente.relay.worker;

import org.jspecify.annotations.NullMarked;
