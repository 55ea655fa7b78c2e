package org.entente.adapter.own;

import org.entente.certs.Cryptography;
import org.entente.certs.Verifier;
import org.entente.light.NodeVerifier;
import org.entente.light.Rsa;

/// Of the signatures that stand under headers.
///
/// @param keys of accounts
/// @param nodes of the nodes that make blocks
public record Verifiers(Verifier keys, NodeVerifier nodes) {
    /// @param keys by this provider, perhaps remembering what it has seen
    public static Verifiers of(Cryptography cryptography, Verifier keys) {
        return new Verifiers(keys, Rsa.of(cryptography));
    }
}
