@NullMarked
package org.entente.chain.inbox;

import org.jspecify.annotations.NullMarked;
