/// Tests of contract files, conditions and patterns.
@NullMarked
package org.entente.registry.contract;

import org.jspecify.annotations.NullMarked;
