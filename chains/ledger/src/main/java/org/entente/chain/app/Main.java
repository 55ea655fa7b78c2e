package org.entente.chain.app;

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

/// `./entente chain solo …`: the process.
public final class Main {
    private static final String HELP =
            """
            Usage: entente chain solo [--init] --config FILE

              (no option)    serve until SIGTERM or Ctrl-C
              --init         make the node's key and block 0, then end; once
              --help         this text

            A configuration file has at least:
              process = solo
              listen = 127.0.0.1:7500
              directory = /var/lib/entente/solo
              chain = solo:orders
              owner = <the owner's P-256 key, x and y as 128 hexadecimal digits>
            Further keys: tls, hosts, accounts, blockInterval, block.transactionsMax,
            snapshot.blocks, transactions.remembered, pool.waitingMax, pool.sizeMax,
            pool.perAccountMax, inclusionTimeMax, events.max, events.heartbeat, http.slots,
            http.queue, log.format. `entente config check FILE` checks it.

            Exit status: 0 done, 1 failed, 2 wrong use or configuration.\
            """;

    private Path config = Path.of("solo.conf");
    private boolean init;
    private boolean help;

    private Main() {}

    public static void main(String[] arguments) {
        // Until it serves, what it has to say goes to standard output and error in its own words.
        Logging.configure(LogFormat.TEXT, Level.WARN);
        Main main = new Main();
        Application.run("solo", shutdown -> main.start(arguments, shutdown));
    }

    private void start(String[] arguments, Shutdown shutdown) throws Exception {
        parse(arguments);
        if (help) {
            System.out.println(HELP);
            shutdown.stop();
            return;
        }
        SoloConfiguration configuration =
                SoloConfiguration.configured(SettingsFile.read(config)).orRefuse();
        SoloNode node = new SoloNode(configuration, Clock.system());
        if (init) {
            node.init();
            shutdown.stop();
        } else {
            Logging.configure(configuration.logFormat(), Level.INFO);
            System.out.println("solo: serving " + node.serve(shutdown));
        }
    }

    private void parse(String[] arguments) throws StartRefused {
        for (int index = 0; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "solo" -> {}
                case "--help", "-h" -> help = true;
                case "--init" -> init = true;
                case "--config" -> {
                    index++;
                    if (index >= arguments.length) {
                        throw usage("--config needs a value");
                    }
                    config = Path.of(arguments[index]);
                }
                default -> throw usage("no chain and no option is named " + arguments[index]);
            }
        }
    }

    private static StartRefused usage(String why) {
        return new StartRefused(ExitCode.USAGE, why + "\nnext: entente chain solo --help");
    }
}
