/// Strict JSON at the doors of a process: what is not exactly right is refused with its own fault.
///
/// Pure. May use: `protocol`, Jackson.
@NullMarked
package org.entente.runtime.json;

import org.jspecify.annotations.NullMarked;
