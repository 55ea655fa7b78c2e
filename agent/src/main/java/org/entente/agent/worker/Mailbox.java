package org.entente.agent.worker;

import org.entente.agent.Received;
import org.entente.agent.journal.ReceivedFile;
import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Fetches the values of what was received while the relay keeps them, and files it for the
/// organisation's applications.
public final class Mailbox implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int COUNT_MAX = 65_536;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofMillis(500);

    private final RelayClient relay;
    private final ReceivedFile file;
    private final LinkedBlockingQueue<Received> queue = new LinkedBlockingQueue<>(COUNT_MAX);

    /// Could not be filed yet.
    private Optional<Received> held = Optional.empty();

    public Mailbox(RelayClient relay, ReceivedFile file) {
        this.relay = relay;
        this.file = file;
    }

    /// What is known already is passed over; when too much waits it is told again by the logs at
    /// the next start.
    public void receive(Received received) {
        if (!file.has(received) && !queue.offer(received)) {
            LOG.atWarn().addKeyValue("serial", received.serial()).log("too much waits to be filed");
        }
    }

    @Override
    public Duration step() throws InterruptedException {
        if (held.isEmpty()) {
            held = Optional.ofNullable(queue.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS));
        }
        if (held.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            file(held.get());
            held = Optional.empty();
            return Duration.ZERO;
        } catch (RelayUnreachable | IOException e) {
            LOG.atWarn().log("what was received is not filed yet: {}", e.getMessage());
            return RETRY_AFTER;
        }
    }

    private void file(Received received)
            throws RelayUnreachable, IOException, InterruptedException {
        for (Write write : received.writes().writes()) {
            if (file.value(write.value()).isEmpty()) {
                Optional<Bytes> value = relay.payload(write.value());
                if (value.isPresent()) {
                    file.value(value.get());
                } else {
                    LOG.atWarn()
                            .addKeyValue("serial", received.serial())
                            .log("the relay keeps the value {} no more", write.value());
                }
            }
        }
        file.append(received);
    }
}
