@NullMarked
package org.entente.launcher.app.solo;

import org.jspecify.annotations.NullMarked;
