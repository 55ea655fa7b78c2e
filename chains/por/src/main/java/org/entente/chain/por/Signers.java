package org.entente.chain.por;

import org.entente.light.NodeKey;
import org.entente.light.NodeSigner;

import java.util.Optional;

/// The private keys that a node holds: one, and the next one while its member replaces it.
@FunctionalInterface
public interface Signers {
    /// What signs with a key, where it is held.
    Optional<NodeSigner> of(NodeKey key);

    /// Of a node that has one key.
    static Signers only(NodeSigner signer) {
        return key -> Optional.of(signer).filter(it -> it.key().equals(key));
    }
}
