/// What a desk decides, event by event, with agents that follow a script.
@NullMarked
package org.entente.relay;

import org.jspecify.annotations.NullMarked;
