@NullMarked
package org.entente.chain.contract;

import org.jspecify.annotations.NullMarked;
