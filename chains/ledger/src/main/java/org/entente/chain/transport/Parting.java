package org.entente.chain.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/// The end of a connection. A socket that is closed while something is still coming in takes the
/// farewell with it that it has just sent; so first the other end is waited for.
final class Parting {
    static final Duration TIME_MAX = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Parting.class);
    private static final int WASTE_SIZE_BYTES = 8 * 1024;

    private Parting() {}

    /// Nothing more is sent; what comes is thrown away until the other end has closed too.
    static void from(Socket plain) {
        long until = System.nanoTime() + TIME_MAX.toNanos();
        try {
            plain.shutdownOutput();
            plain.setSoTimeout((int) TIME_MAX.toMillis());
            InputStream in = plain.getInputStream();
            byte[] waste = new byte[WASTE_SIZE_BYTES];
            while (in.read(waste) >= 0 && until - System.nanoTime() > 0) {
                // Thrown away.
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the other end is gone");
        }
    }
}
