@NullMarked
package org.entente.chain.app;

import org.jspecify.annotations.NullMarked;
