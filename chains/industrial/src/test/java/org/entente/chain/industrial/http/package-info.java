@NullMarked
package org.entente.chain.industrial.http;

import org.jspecify.annotations.NullMarked;
