package org.entente.chain.app;

import org.entente.certs.tls.TlsIdentity;
import org.entente.chain.Genesis;
import org.entente.chain.transport.Introduction;
import org.entente.chain.transport.PeerAddress;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.Peers;
import org.entente.chain.transport.PeersConfiguration;
import org.entente.protocol.Bytes;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Address;

import java.io.IOException;

/// What the node of a member of a chain is configured with: others connect to it.
public interface MemberConfiguration extends NodeConfiguration {
    /// Where they do.
    Address peers();

    /// Is there for them.
    ///
    /// @param version of what it says to them
    default Peers connected(Genesis genesis, int version, TlsIdentity shown, PeerHandler handler)
            throws StartRefused {
        Introduction own =
                new Introduction(genesis.chain(), genesis.digest(), version, Bytes.EMPTY);
        try {
            return Peers.start(
                    PeersConfiguration.standard(new PeerAddress(peers().host(), peers().port())),
                    shown,
                    () -> own,
                    handler);
        } catch (IOException e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
