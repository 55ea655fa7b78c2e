@NullMarked
package org.entente.chain.industrial.app;

import org.jspecify.annotations.NullMarked;
