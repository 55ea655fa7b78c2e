/// The ./entente program: joins the commands of every room into one command line.
///
/// Shell. May use: every room but `trials`.
@NullMarked
package org.entente.launcher;

import org.jspecify.annotations.NullMarked;
