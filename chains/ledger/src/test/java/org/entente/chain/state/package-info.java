@NullMarked
package org.entente.chain.state;

import org.jspecify.annotations.NullMarked;
