/// Tests of the process: a member's keys, and a node that joins.
@NullMarked
package org.entente.chain.por.app;

import org.jspecify.annotations.NullMarked;
