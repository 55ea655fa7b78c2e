package org.entente.agent.app;

import org.entente.agent.http.Deliveries;
import org.entente.agent.http.Exchanges;
import org.entente.agent.http.Signing;
import org.entente.agent.journal.AgentFiles;
import org.entente.agent.journal.JournalUnusable;
import org.entente.agent.journal.ReceivedFile;
import org.entente.agent.pem.OrganisationFiles;
import org.entente.agent.worker.ChainAccess;
import org.entente.agent.worker.LinkKeeper;
import org.entente.agent.worker.Loop;
import org.entente.agent.worker.Mailbox;
import org.entente.agent.worker.RelayClient;
import org.entente.agent.worker.Seating;
import org.entente.agent.worker.Upkeep;
import org.entente.certs.Cryptography;
import org.entente.certs.RememberingVerifier;
import org.entente.certs.Verifier;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.http.Routes;
import org.entente.runtime.metrics.Health;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/// What the agent does in its alliances, wired: the link, a seat in each, the chains, what was
/// received, and the applications' door.
record Exchanging(
        Seating seating,
        LinkKeeper link,
        Mailbox mailbox,
        Exchanges exchanges,
        Deliveries deliveries) {
    private static final int REMEMBERED_COUNT_MAX = 65_536;

    static Exchanging open(
            AgentConfiguration configuration,
            AgentConfiguration.Relay place,
            X509Certificate pinned,
            RelayClient relay,
            OrganisationFiles organisation,
            Upkeep upkeep,
            InstantSource clock,
            SecureRandom random,
            Shutdown shutdown)
            throws StartRefused {
        try {
            Cryptography cryptography = Cryptography.fastest();
            Verifier verifier =
                    new RememberingVerifier(cryptography.verifier(), REMEMBERED_COUNT_MAX);
            AgentFiles files = AgentFiles.open(configuration.journal());
            shutdown.closing("journal", _ -> files.close());
            ReceivedFile received = ReceivedFile.open(files.received());
            shutdown.closing("received", _ -> received.close());
            ChainAccess chains =
                    new Chains(cryptography, verifier, files, shutdown)
                            .open(configuration.followed(), upkeep.get().signer());
            shutdown.closing("chains", _ -> chains.close());
            Mailbox mailbox = new Mailbox(relay, received);
            Seating seating =
                    new Seating(
                            relay,
                            upkeep,
                            verifier,
                            chains,
                            files,
                            mailbox::receive,
                            why -> shutdown.fail("a seat in an alliance cannot go on", why),
                            clock);
            LinkKeeper link =
                    new LinkKeeper(
                            place.address(), pinned, upkeep, relay, files, seating, clock, random);
            seating.link(link);
            return new Exchanging(
                    seating,
                    link,
                    mailbox,
                    new Exchanges(
                            organisation,
                            relay,
                            new Signing(seating::registry, cryptography, random),
                            clock),
                    new Deliveries(organisation, received, clock));
        } catch (JournalUnusable | IOException e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    Routes routes() {
        return exchanges.routes().and(deliveries.routes());
    }

    Health health(Health health) {
        return health.with("link", () -> Health.Answer.up(link.state()))
                .with("seats", seating::health);
    }

    void start(Shutdown shutdown) {
        keep("mailbox", mailbox, shutdown);
        shutdown.closing("seats", seating::stop);
        keep("seating", seating, shutdown);
        keep("link", link, shutdown);
    }

    private static void keep(String name, Loop.Step step, Shutdown shutdown) {
        Loop loop = Loop.start(name, step);
        shutdown.closing(name, loop::stop);
    }
}
