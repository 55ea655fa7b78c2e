package org.entente.chain.transport;

import org.entente.certs.tls.PeerTls;
import org.entente.certs.tls.TlsIdentity;

import java.io.IOException;
import java.net.Socket;

import javax.net.ssl.SSLSocket;

/// The other end of a connection, which says exactly what a test tells it to, through TLS.
final class Stranger implements AutoCloseable {
    private static final int ANSWER_TIME_MAX_MILLIS = 60_000;

    final Socket plain;
    final SSLSocket secured;
    final FrameReader reader;

    /// Dials.
    Stranger(Node node, TlsIdentity identity) throws IOException {
        plain = new Socket();
        plain.connect(node.peers.address().lookedUp());
        secured = PeerTls.dialled(plain, identity);
        reader = begin();
    }

    /// Was dialled.
    Stranger(Socket accepted, TlsIdentity identity) throws IOException {
        plain = accepted;
        secured = PeerTls.accepted(plain, identity);
        reader = begin();
    }

    private FrameReader begin() throws IOException {
        plain.setSoTimeout(ANSWER_TIME_MAX_MILLIS);
        secured.startHandshake();
        return new FrameReader(secured.getInputStream());
    }

    static Stranger introduced(Node node) throws IOException {
        return introduced(node, Node.freshIdentity());
    }

    static Stranger introduced(Node node, TlsIdentity identity) throws IOException {
        Stranger stranger = new Stranger(node, identity);
        stranger.send(hello());
        return stranger;
    }

    static Frame hello() {
        return new Frame(Frame.Type.HELLO, Introduction.FORMAT.encode(Node.INTRODUCTION));
    }

    void send(Frame frame) throws IOException {
        send(frame.written());
    }

    void send(byte[] bytes) throws IOException {
        secured.getOutputStream().write(bytes);
        secured.getOutputStream().flush();
    }

    /// The reason that it is given, after whatever else it is told.
    String bye() throws IOException {
        while (true) {
            Frame frame = reader.next();
            if (frame.type() == Frame.Type.BYE) {
                return frame.payload().asUtf8();
            }
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
