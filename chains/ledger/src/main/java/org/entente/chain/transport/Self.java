package org.entente.chain.transport;

import org.entente.certs.tls.TlsIdentity;

/// Who this node is to its peers.
///
/// @param identity what it proves that with
record Self(PeerKey key, TlsIdentity identity) {
    static Self of(TlsIdentity identity) {
        return new Self(PeerKey.of(identity.chain().getFirst().getPublicKey()), identity);
    }
}
