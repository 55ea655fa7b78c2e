@NullMarked
package org.entente.chain.industrial.vault;

import org.jspecify.annotations.NullMarked;
