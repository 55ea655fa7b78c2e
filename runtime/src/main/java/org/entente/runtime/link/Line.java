package org.entente.runtime.link;

import org.entente.protocol.Bytes;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/// One open line. Any thread may send; what one thread sends arrives in its order.
public interface Line {
    int MESSAGE_SIZE_BYTES_MAX = 64 * 1024;

    /// How long a sender waits for an end that does not read.
    Duration SEND_TIME_MAX = Duration.ofSeconds(10);

    /// Who is at the other end, as far as it has shown; a dialler knows whom it dialled.
    Optional<X509Certificate> peer();

    /// Hands over a message, waiting while the other end does not read. That it returns says
    /// nothing of arrival.
    void send(Bytes message) throws LineClosed, InterruptedException;

    /// Ends the line; its listener is told.
    void close(String why);
}
