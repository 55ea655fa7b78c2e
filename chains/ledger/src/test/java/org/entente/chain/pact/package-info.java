@NullMarked
package org.entente.chain.pact;

import org.jspecify.annotations.NullMarked;
