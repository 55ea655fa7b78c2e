@NullMarked
package org.entente.chain.pool;

import org.jspecify.annotations.NullMarked;
