package org.entente.chain.por.mining;

import org.entente.protocol.Bytes;

/// What is searched for: a nonce that, behind these bytes, hashes below the target.
///
/// @param prefix the header without its nonce, 72 bytes
public record Work(Bytes prefix, Target target) {
    public Work {
        if (prefix.size() != HeaderHash.PREFIX_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "72 bytes come before a nonce, not " + prefix.size());
        }
    }
}
