/// The rules of an exchange: who has to vouch and whether enough did; the full-sequence check; what
/// an alliance's log may say next; what a delivery must prove to an inbox contract.
///
/// Pure. May use: `protocol`, `certs`, `registry` (module alliance-registry). Specified in
/// `docs/protocol.md` §6, §7 and §9.
@NullMarked
package org.entente.endorsement;

import org.jspecify.annotations.NullMarked;
