/// Addresses of the registry, asked as the server asks them.
@NullMarked
package org.entente.registry.http;

import org.jspecify.annotations.NullMarked;
