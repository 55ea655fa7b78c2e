@NullMarked
package org.entente.relay.journal;

import org.jspecify.annotations.NullMarked;
