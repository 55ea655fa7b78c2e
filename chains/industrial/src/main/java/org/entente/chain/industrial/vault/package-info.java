/// Where a node keeps the data of its accounts: encrypted chunks in files named by their hashes,
/// the key of each object apart, so that destroying the key erases the object.
///
/// May use: `protocol`, `chain.industrial.data`, files. Specified in
/// `docs/chains/industrial-data.md` §5.
@NullMarked
package org.entente.chain.industrial.vault;

import org.jspecify.annotations.NullMarked;
