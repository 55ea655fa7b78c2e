package org.entente.relay.app;

import org.entente.protocol.OrganisationId;
import org.entente.runtime.Application;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `./entente relay …`: the process, and what its operator does beside it.
public final class Main {
    private static final String HELP =
            """
            Usage: entente relay [COMMAND] --config FILE

              (no command)   serve until SIGTERM or Ctrl-C
              --init         make the relay's key and its empty logs, then end; once
              invite ORG     print a one-time invitation for an organisation [--valid 7d]
              check          verify the logs offline: every record, signature and rule; print
                             each log's size, root and the digest of its fold
              --help         this text

            A configuration file has at least:
              process = relay
              listen = 0.0.0.0:7400
              address = https://relay.example.com:7400
              directory = /var/lib/entente/relay
            Further keys: hosts, http.slots, http.queue, log.segmentSize, log.format,
            changes.waitingMax, changes.recordTimeMax. `entente config check FILE` checks it.

            Exit status: 0 done, 1 failed, 2 wrong use or configuration.\
            """;

    private final List<String> words = new ArrayList<>();
    private Path config = Path.of("relay.conf");
    private Duration valid = Duration.ofDays(7);
    private boolean init;
    private boolean help;

    private Main() {}

    public static void main(String[] arguments) {
        // Until it serves, what it has to say goes to standard output and error in its own words.
        Logging.configure(LogFormat.TEXT, Level.WARN);
        Main main = new Main();
        Application.run("relay", shutdown -> main.start(arguments, shutdown));
    }

    private void start(String[] arguments, Shutdown shutdown) throws Exception {
        parse(arguments);
        if (help) {
            System.out.println(HELP);
            shutdown.stop();
            return;
        }
        RelayConfiguration configuration =
                RelayConfiguration.configured(SettingsFile.read(config)).orRefuse();
        Relay relay = new Relay(configuration, Clock.system());
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "" -> {
                if (init) {
                    relay.init();
                    shutdown.stop();
                } else {
                    Logging.configure(configuration.logFormat(), Level.INFO);
                    System.out.println("relay: serving https://" + relay.serve(shutdown));
                }
            }
            case "invite" -> {
                relay.invite(organisation(), valid);
                shutdown.stop();
            }
            case "check" -> {
                relay.check();
                shutdown.stop();
            }
            default -> throw usage("no command is named " + words.getFirst());
        }
    }

    private void parse(String[] arguments) throws StartRefused {
        for (int index = 0; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "--help", "-h" -> help = true;
                case "--init" -> init = true;
                case "--config" -> config = Path.of(value(arguments, ++index, "--config"));
                case "--valid" -> valid = days(value(arguments, ++index, "--valid"));
                default -> {
                    if (arguments[index].startsWith("-")) {
                        throw usage("no option is named " + arguments[index]);
                    }
                    words.add(arguments[index]);
                }
            }
        }
    }

    private OrganisationId organisation() throws StartRefused {
        if (words.size() != 2) {
            throw usage("invite names one organisation, such as alpha.example");
        }
        try {
            return new OrganisationId(words.get(1));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static Duration days(String text) throws StartRefused {
        if (!text.matches("[1-9][0-9]{0,2}d")) {
            throw usage("--valid takes days, such as 7d, not " + text);
        }
        return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private static String value(String[] arguments, int index, String option) throws StartRefused {
        if (index >= arguments.length) {
            throw usage(option + " needs a value");
        }
        return arguments[index];
    }

    private static StartRefused usage(String why) {
        return new StartRefused(ExitCode.USAGE, why + "\nnext: entente relay --help");
    }
}
