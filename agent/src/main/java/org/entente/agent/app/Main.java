package org.entente.agent.app;

import org.entente.agent.journal.AgentFiles;
import org.entente.agent.journal.FollowedFile;
import org.entente.agent.journal.JournalUnusable;
import org.entente.agent.pem.FilesUnusable;
import org.entente.agent.pem.Identity;
import org.entente.agent.pem.IdentityFiles;
import org.entente.agent.pem.OrganisationFiles;
import org.entente.certs.Cryptography;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.runtime.Application;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import java.io.IOException;
import java.security.SecureRandom;

/// Starts the agent's process.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Until it serves, what it has to say goes to standard output and error in its own words.
        Logging.configure(LogFormat.TEXT, Level.WARN);
        Application.run(AgentConfiguration.PROCESS, shutdown -> start(shutdown, arguments));
    }

    private static void start(Shutdown shutdown, String... arguments)
            throws StartRefused, IOException {
        Commands commands = Commands.parse(arguments);
        if (commands.start() == Commands.Start.HELP) {
            System.out.print(Commands.HELP);
            end(shutdown);
            return;
        }
        AgentConfiguration configuration =
                AgentConfiguration.configured(
                                SettingsFile.read(commands.configuration().orElseThrow()))
                        .orRefuse();
        try {
            if (commands.start() == Commands.Start.INIT) {
                System.out.println("agent: made " + init(configuration));
                end(shutdown);
            } else if (commands.accepted().isPresent()) {
                System.out.println(
                        "agent: goes on with " + accept(configuration, commands.accepted().get()));
                end(shutdown);
            } else {
                Logging.configure(configuration.logFormat(), Level.INFO);
                AgentProcess process = AgentProcess.start(configuration, Clock.system(), shutdown);
                System.out.println("agent: serving https://" + process.address());
            }
            System.out.flush();
        } catch (FilesUnusable e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            throw new StartRefused(
                    ExitCode.FAILED, "the CA's ledger cannot be used: " + e.getMessage());
        }
    }

    /// The agent's own key and certificate, and nothing else.
    static Identity init(AgentConfiguration configuration)
            throws FilesUnusable, LedgerUnavailable, IOException {
        Cryptography cryptography = Cryptography.fastest();
        SecureRandom random = new SecureRandom();
        try (OrganisationFiles organisation =
                OrganisationFiles.open(
                        configuration.organisation(),
                        configuration.password(),
                        cryptography,
                        random)) {
            return new IdentityFiles(configuration.identity(), cryptography, random)
                    .create(
                            organisation.get(),
                            new NodeId(organisation.get().id(), configuration.node()),
                            configuration.hosts(),
                            Clock.system().instant());
        }
    }

    /// The agent does not run: its journal is used by one process at a time.
    private static String accept(AgentConfiguration configuration, Commands.Accepted accepted)
            throws IOException, StartRefused {
        boolean followed =
                configuration.followed().stream()
                        .anyMatch(each -> each.chain().equals(accepted.chain()));
        if (!followed) {
            throw new StartRefused(
                    ExitCode.USAGE, accepted.chain() + " is no chain of the configuration");
        }
        try (AgentFiles files = AgentFiles.open(configuration.journal());
                FollowedFile file = files.followed(accepted.chain())) {
            if (file.accept(accepted.point()) instanceof Verdict.Rejected why) {
                throw new StartRefused(ExitCode.FAILED, why.toString());
            }
            return accepted.chain() + " from " + accepted.point();
        } catch (JournalUnusable e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static void end(Shutdown shutdown) {
        System.out.flush();
        shutdown.stop();
    }
}
