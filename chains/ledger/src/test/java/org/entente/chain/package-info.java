@NullMarked
package org.entente.chain;

import org.jspecify.annotations.NullMarked;
