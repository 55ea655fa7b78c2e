@NullMarked
package org.entente.chain.call;

import org.jspecify.annotations.NullMarked;
