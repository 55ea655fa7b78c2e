@NullMarked
package org.entente.adapter.own.http;

import org.jspecify.annotations.NullMarked;
