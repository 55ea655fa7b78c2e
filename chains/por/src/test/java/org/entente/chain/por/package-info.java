@NullMarked
package org.entente.chain.por;

import org.jspecify.annotations.NullMarked;
