@NullMarked
package org.entente.adapter.own;

import org.jspecify.annotations.NullMarked;
