@NullMarked
package org.entente.chain.industrial.register;

import org.jspecify.annotations.NullMarked;
