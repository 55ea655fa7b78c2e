@NullMarked
package org.entente.chain.store;

import org.jspecify.annotations.NullMarked;
