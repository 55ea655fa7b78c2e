/// The HTTPS server: plain requests in, plain replies out, limits on everything in between.
///
/// Shell. May use: `protocol`, `runtime`, `runtime.json`, `runtime.link`, `runtime.metrics`, slf4j.
/// Only this package sees Vert.x.
@NullMarked
package org.entente.runtime.http;

import org.jspecify.annotations.NullMarked;
