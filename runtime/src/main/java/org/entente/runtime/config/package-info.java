/// Configuration, read once: text in, typed values or all mistakes together out.
///
/// Pure but for `SettingsFile`, which reads the file. May use: `protocol`. Specified in house-style
/// §7.
@NullMarked
package org.entente.runtime.config;

import org.jspecify.annotations.NullMarked;
