@NullMarked
package org.entente.chain.transport;

import org.jspecify.annotations.NullMarked;
