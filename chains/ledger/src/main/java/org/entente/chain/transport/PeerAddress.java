package org.entente.chain.transport;

import java.net.InetSocketAddress;
import java.net.Socket;

/// Where a peer listens, or from where it came; port 0 to listen at any that is free.
///
/// @param host a name, looked up anew at each dial, or an address
public record PeerAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public PeerAddress {
        if (host.isBlank() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("no host and port: '" + host + "' " + port);
        }
    }

    static PeerAddress of(Socket socket) {
        return new PeerAddress(socket.getInetAddress().getHostAddress(), socket.getPort());
    }

    InetSocketAddress lookedUp() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
