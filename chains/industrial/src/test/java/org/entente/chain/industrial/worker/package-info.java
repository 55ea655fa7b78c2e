@NullMarked
package org.entente.chain.industrial.worker;

import org.jspecify.annotations.NullMarked;
