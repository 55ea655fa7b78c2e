@NullMarked
package org.entente.chain.contract.sandbox;

import org.jspecify.annotations.NullMarked;
