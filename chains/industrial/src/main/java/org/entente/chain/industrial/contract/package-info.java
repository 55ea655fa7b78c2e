/// What all contracts of an industrial chain share: how they are told something, and what short
/// texts they keep.
///
/// Pure. May use: `protocol`, `chain` and its pure packages. Specified in
/// `docs/chains/industrial-registers.md` §1.
@NullMarked
package org.entente.chain.industrial.contract;

import org.jspecify.annotations.NullMarked;
