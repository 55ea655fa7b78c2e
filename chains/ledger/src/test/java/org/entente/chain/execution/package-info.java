@NullMarked
package org.entente.chain.execution;

import org.jspecify.annotations.NullMarked;
