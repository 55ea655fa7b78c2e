@NullMarked
package org.entente.launcher.app.demo;

import org.jspecify.annotations.NullMarked;
