@NullMarked
package org.entente.chain.industrial.http.data;

import org.jspecify.annotations.NullMarked;
