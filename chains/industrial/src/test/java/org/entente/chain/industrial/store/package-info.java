@NullMarked
package org.entente.chain.industrial.store;

import org.jspecify.annotations.NullMarked;
