@NullMarked
package org.entente.chain.industrial.data;

import org.jspecify.annotations.NullMarked;
