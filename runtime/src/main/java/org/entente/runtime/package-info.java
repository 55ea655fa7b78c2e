/// What a process needs and no protocol knows: its clock, its threads, its start and its end.
///
/// Shell. May use: `protocol`, slf4j. Specified in house-style §6 and §10.
@NullMarked
package org.entente.runtime;

import org.jspecify.annotations.NullMarked;
