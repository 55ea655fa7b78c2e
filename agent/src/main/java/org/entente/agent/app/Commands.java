package org.entente.agent.app;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.nio.file.Path;
import java.util.Optional;

/// The agent's command line.
///
/// @param configuration empty when only help is asked for
record Commands(Start start, Optional<Path> configuration) {
    static final String HELP =
            """
            Usage: entente agent [--init] --config FILE

            Serves an organisation's CA: EST enrolment, transaction certificates, CRLs.

              --config FILE   agent.conf, with lines key = value:
                                process = agent
                                listen = 127.0.0.1:9443        where to serve; port 0 takes any
                                organisation = alpha           directory made by entente org init
                                node = agent-1                 the agent's own name
                                hosts = localhost, 127.0.0.1   names in its TLS certificate
                                relay = https://host:port      the relay to register with
                                relayCertificate = relay.pem   the relay's certificate, pinned
                                chains = solo:orders           the chains it sees
                                roles = host, endorser         host, endorser, sealer, deliverer
              --init          makes the agent's own key and certificate, then ends
              --help          shows this

            Exit codes: 0 ended well, 1 could not start, 2 wrong command line or file, 3 broke
            while it served.
            """;

    enum Start {
        HELP,
        INIT,
        SERVE
    }

    static Commands parse(String... arguments) throws StartRefused {
        Start start = Start.SERVE;
        Optional<Path> configuration = Optional.empty();
        for (int index = 0; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "--help", "-h" -> {
                    return new Commands(Start.HELP, Optional.empty());
                }
                case "--init" -> start = Start.INIT;
                case "--config" -> {
                    index++;
                    if (index == arguments.length) {
                        throw usage("--config is followed by a file");
                    }
                    configuration = Optional.of(Path.of(arguments[index]));
                }
                default -> throw usage("unknown argument " + arguments[index]);
            }
        }
        if (configuration.isEmpty()) {
            throw usage("--config is missing");
        }
        return new Commands(start, configuration);
    }

    private static StartRefused usage(String why) {
        return new StartRefused(ExitCode.USAGE, why + "\n\n" + HELP);
    }
}
