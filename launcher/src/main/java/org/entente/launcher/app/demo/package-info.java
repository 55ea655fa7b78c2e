/// `entente demo`: a whole alliance on this machine, made through the public commands and APIs,
/// with every outcome that an exchange can have.
///
/// Shell. May use: what the launcher may. Specified in `docs/demo.md`.
@NullMarked
package org.entente.launcher.app.demo;

import org.jspecify.annotations.NullMarked;
