@NullMarked
package org.entente.chain.por.mining;

import org.jspecify.annotations.NullMarked;
