/// Tests of who can forge and who can block.
@NullMarked
package org.entente.registry.policy;

import org.jspecify.annotations.NullMarked;
