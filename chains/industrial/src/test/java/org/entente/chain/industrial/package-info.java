@NullMarked
package org.entente.chain.industrial;

import org.jspecify.annotations.NullMarked;
