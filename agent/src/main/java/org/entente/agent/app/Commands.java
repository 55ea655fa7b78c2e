package org.entente.agent.app;

import org.entente.adapter.Point;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.nio.file.Path;
import java.util.Optional;

/// The agent's command line.
///
/// @param configuration empty when only help is asked for
/// @param accepted only to accept a chain as it is
record Commands(Start start, Optional<Path> configuration, Optional<Accepted> accepted) {
    /// A chain that is gone on with, from a block that was found where another was final.
    record Accepted(ChainId chain, Point point) {}

    static final String HELP =
            """
            Usage: entente agent [--init] --config FILE
                   entente agent --config FILE --accept-chain CHAIN --point HEIGHT:HASH

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
              --accept-chain CHAIN --point HEIGHT:HASH
                              a final block of the chain was replaced (FINALITY_BROKEN): the
                              stopped agent is to go on with the block that it found there, then
                              ends; entente affected list shows the block
              --help          shows this

            Exit codes: 0 ended well, 1 could not start, 2 wrong command line or file, 3 broke
            while it served.
            """;

    enum Start {
        HELP,
        INIT,
        ACCEPT,
        SERVE
    }

    static Commands parse(String... arguments) throws StartRefused {
        Start start = Start.SERVE;
        Optional<Path> configuration = Optional.empty();
        Optional<String> chain = Optional.empty();
        Optional<String> point = Optional.empty();
        for (int index = 0; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "--help", "-h" -> {
                    return new Commands(Start.HELP, Optional.empty(), Optional.empty());
                }
                case "--init" -> start = Start.INIT;
                case "--config" -> {
                    index++;
                    configuration = Optional.of(Path.of(value(arguments, index, "a file")));
                }
                case "--accept-chain" -> {
                    index++;
                    start = Start.ACCEPT;
                    chain = Optional.of(value(arguments, index, "a chain"));
                }
                case "--point" -> {
                    index++;
                    point = Optional.of(value(arguments, index, "HEIGHT:HASH"));
                }
                default -> throw usage("unknown argument " + arguments[index]);
            }
        }
        if (configuration.isEmpty()) {
            throw usage("--config is missing");
        }
        if (chain.isPresent() != point.isPresent()) {
            throw usage("--accept-chain and --point belong together");
        }
        return new Commands(start, configuration, accepted(chain, point));
    }

    private static String value(String[] arguments, int index, String what) throws StartRefused {
        if (index == arguments.length) {
            throw usage(arguments[index - 1] + " is followed by " + what);
        }
        return arguments[index];
    }

    private static Optional<Accepted> accepted(Optional<String> chain, Optional<String> point)
            throws StartRefused {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = point.orElseThrow().split(":", 2);
        try {
            return Optional.of(
                    new Accepted(
                            new ChainId(chain.get()),
                            new Point(
                                    Long.parseLong(parts[0]),
                                    Bytes.fromHex(parts.length == 2 ? parts[1] : ""))));
        } catch (IllegalArgumentException e) {
            throw usage("--accept-chain and --point: " + e.getMessage());
        }
    }

    private static StartRefused usage(String why) {
        return new StartRefused(ExitCode.USAGE, why + "\n\n" + HELP);
    }
}
