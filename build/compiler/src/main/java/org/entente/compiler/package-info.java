/// The Java compiler of the build: one process compiles every module, so that it is warm after the
/// first.
///
/// Part of the build, not of any program: Maven loads it into its compiler plugin (`pom.xml`), on
/// 17 as on 25. Decided in `docs/decisions/0023-one-warm-compiler.md`.
@NullMarked
package org.entente.compiler;

import org.jspecify.annotations.NullMarked;
