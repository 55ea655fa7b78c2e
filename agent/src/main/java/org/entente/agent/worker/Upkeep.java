package org.entente.agent.worker;

import org.entente.agent.Organisation;
import org.entente.agent.Renewal;
import org.entente.agent.pem.FilesUnusable;
import org.entente.agent.pem.Identity;
import org.entente.agent.pem.IdentityFiles;
import org.entente.agent.pem.OrganisationFiles;
import org.entente.certs.HostName;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Keeps the process in step with its files: takes in a rotation of the CA, takes in a key file
/// that somebody replaced, renews the agent's own certificate before it ends.
public final class Upkeep implements Loop.Step, Supplier<Identity> {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final OrganisationFiles organisation;
    private final IdentityFiles files;
    private final NodeId node;
    private final SortedSet<HostName> hosts;
    private final Renewal renewal;
    private final InstantSource clock;
    private final List<Consumer<Identity>> hearers = new CopyOnWriteArrayList<>();
    private volatile Identity identity;
    private FileTime written;

    public Upkeep(
            OrganisationFiles organisation,
            IdentityFiles files,
            NodeId node,
            SortedSet<HostName> hosts,
            Renewal renewal,
            InstantSource clock)
            throws FilesUnusable {
        this.organisation = organisation;
        this.files = files;
        this.node = node;
        this.hosts = Sorted.copyOf(hosts);
        this.renewal = renewal;
        this.clock = clock;
        this.written = files.written();
        this.identity = files.read();
    }

    /// Told of each other certificate.
    public void hear(Consumer<Identity> hearer) {
        hearers.add(hearer);
    }

    /// The agent's identity now.
    @Override
    public Identity get() {
        return identity;
    }

    @Override
    public Duration step() {
        try {
            if (organisation.refresh()) {
                LOG.atInfo()
                        .addKeyValue("generation", organisation.get().newest().generation())
                        .log("the organisation's CA was rotated");
            }
            look(organisation.get(), clock.instant());
            return LOOK_EVERY;
        } catch (FilesUnusable | LedgerUnavailable e) {
            LOG.atError().log("the agent goes on with what it has: {}", e.getMessage());
            return RETRY_AFTER;
        }
    }

    private void look(Organisation ours, Instant now) throws FilesUnusable, LedgerUnavailable {
        FileTime last = files.written();
        if (!last.equals(written)) {
            take(files.read(), last);
        }
        if (renewal.isDue(identity.certificate(), ours.generations(), now)) {
            Identity renewed = files.renew(ours, node, hosts, now);
            take(renewed, files.written());
        }
    }

    private void take(Identity next, FileTime last) {
        written = last;
        if (!next.certificate().equals(identity.certificate())) {
            identity = next;
            LOG.atInfo()
                    .addKeyValue("certificate", next)
                    .addKeyValue("notAfter", next.certificate().notAfter())
                    .log("the agent has another certificate");
            hearers.forEach(hearer -> hearer.accept(next));
        }
    }
}
