package org.entente.chain.transport;

import org.entente.certs.tls.PeerTls;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.Optional;

import javax.net.ssl.SSLSocket;

/// The beginning of a connection: TLS, then what each end says first. Whoever opened the socket
/// closes it when this takes too long.
///
/// @param dialled by which end
/// @param own key that this end has proved to hold
/// @param key that the other end has proved to hold
/// @param reader of what else it says
record Meeting(
        Socket plain,
        Dialled dialled,
        PeerKey own,
        PeerKey key,
        Introduction theirs,
        FrameReader reader,
        OutputStream out) {
    private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);
    private static final int BUFFER_SIZE_BYTES = 64 * 1024;

    /// @param expected whom we dialled
    static Meeting of(Socket plain, Optional<PeerKey> expected, Network network)
            throws IOException, Refused {
        Dialled dialled = expected.isPresent() ? Dialled.BY_US : Dialled.BY_THEM;
        Self self = network.self();
        plain.setTcpNoDelay(true);
        SSLSocket secured =
                switch (dialled) {
                    case BY_US -> PeerTls.dialled(plain, self.identity());
                    case BY_THEM -> PeerTls.accepted(plain, self.identity());
                };
        secured.startHandshake();
        Certificate shown = secured.getSession().getPeerCertificates()[0];
        PeerKey key = PeerKey.of(shown.getPublicKey());
        OutputStream out = secured.getOutputStream();
        FrameReader reader =
                new FrameReader(
                        new BufferedInputStream(secured.getInputStream(), BUFFER_SIZE_BYTES));
        try {
            judge(key, self, expected, network);
            send(out, new Frame(Frame.Type.HELLO, Introduction.FORMAT.encode(network.own().get())));
            Introduction theirs = introduction(reader.next());
            accept(network.own().get().meets(theirs));
            accept(network.handler().admit(key, theirs));
            return new Meeting(plain, dialled, self.key(), key, theirs, reader, out);
        } catch (Refused e) {
            bye(plain, out, e);
            if (!key.equals(self.key())) {
                network.handler().refused(key, String.valueOf(e.getMessage()));
            }
            throw e;
        } catch (FrameRefused e) {
            bye(plain, out, e);
            throw e;
        }
    }

    /// The last word where no connection opened.
    void bye(Refused why) {
        bye(plain, out, why);
    }

    private static void bye(Socket plain, OutputStream out, Exception why) {
        try {
            send(out, Frame.bye(String.valueOf(why.getMessage())));
            Parting.from(plain);
        } catch (IOException e) {
            // As after its own last word.
            LOG.atDebug().setCause(e).log("the other end is gone");
        }
    }

    private static void send(OutputStream out, Frame frame) throws IOException {
        out.write(frame.written());
        out.flush();
    }

    private static void judge(PeerKey key, Self self, Optional<PeerKey> expected, Network network)
            throws Refused {
        if (key.equals(self.key())) {
            throw new Refused("this is the same node");
        }
        if (expected.isPresent() && !expected.get().equals(key)) {
            throw new Refused("the key " + expected.get() + " was dialled, not " + key);
        }
        long nanos = network.standing().refusedForNanos(key, System.nanoTime());
        if (nanos > 0) {
            throw new Refused("refused for " + nanos / 1_000_000_000 + " s for what it did");
        }
    }

    private static Introduction introduction(Frame first) throws FrameRefused, Refused {
        return switch (first.type()) {
            case BYE -> throw new Refused(first.reason());
            case HELLO ->
                    switch (Introduction.FORMAT.decode(first.payload())) {
                        case Parsed.Value<Introduction>(Introduction theirs) -> theirs;
                        case Parsed.Refused<Introduction>(Verdict.Rejected why) ->
                                throw new FrameRefused(why.toString());
                    };
            case MESSAGE, PING, PONG ->
                    throw new FrameRefused(first.type() + " before an introduction");
        };
    }

    private static void accept(Verdict verdict) throws Refused {
        if (verdict instanceof Verdict.Rejected why) {
            throw new Refused(why.toString());
        }
    }
}
