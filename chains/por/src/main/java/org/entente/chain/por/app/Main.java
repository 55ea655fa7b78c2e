package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.chain.Genesis;
import org.entente.chain.app.EncodedFile;
import org.entente.chain.por.Change;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Application;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./entente chain por …`: the process, and what begins a chain.
public final class Main {
    private static final String HELP =
            """
            Usage: entente chain por --config FILE                       serve until SIGTERM or Ctrl-C
                   entente chain por keys --config FILE --name NAME --at HOST:PORT
                                                                         make this member's keys, and
                                                                         the file `member` for the others
                   entente chain por genesis --chain por:NAME --owner KEY --max MAX --min MIN
                                             [--slack removed|stays] --out FILE
                                             [--account KEY]… MEMBER-FILE…
                                                                         make the genesis of all members;
                                                                         slack: who makes none of 2n blocks
                   entente chain por --init --genesis FILE --config FILE [--from zero|snapshot]
                                                                         begin with it, once; then all
                                                                         blocks come from the others, or
                                                                         now a state, and the blocks
                                                                         behind it
                   entente chain por members --config FILE               who they are, how hard each finds
                                                                         the next block
                   entente chain por proposal --config FILE              what is voted on, or was last
                   entente chain por propose --config FILE [--validity 1d] CHANGE
                                                                         as this member: that all agree
                                                                         to a change:
                                       add MEMBER-FILE | remove NAME | move HOST:PORT |
                                       retune MAX MIN
                   entente chain por vote --config FILE yes|no [PROPOSAL]
                   entente chain por rotate --config FILE [--validity 1d]
                                                                         another key for this member's
                                                                         node: makes it and proposes
                                                                         it; given again it says how
                                                                         far it is, and proposes the
                                                                         same where that has ended
                   entente chain por --nodes N [--blocks B] [--directory D] [--json]
                                                                         a network of N nodes on this
                                                                         machine; with --blocks until it
                                                                         has so many final blocks; one
                                                                         that is in D goes on

            Of members, proposal, propose, vote and rotate --json is what the node answers.

            A configuration file has at least:
              process = por
              listen = 127.0.0.1:7600
              peers.listen = 127.0.0.1:7601
              directory = /var/lib/entente/por
              chain = por:harbour
            Further keys: tls, hosts, miner.enough, miner.patience, miner.idle, miner.rest,
            miner.hashRateMax, miner.workMax, miner.stall, snapshot.blocks, transactions.remembered,
            pool.waitingMax, pool.sizeMax, pool.perAccountMax, finalTimeMax, events.max,
            events.heartbeat, http.slots, http.queue, log.format. `entente config check FILE` checks it.

            Exit status: 0 done, 1 failed, 2 wrong use or configuration.\
            """;

    private final PorOptions options;

    private Main(PorOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        // Until it serves, what it has to say goes to standard output and error in its own words.
        Logging.configure(LogFormat.TEXT, Level.WARN);
        Application.run(
                "por", shutdown -> new Main(PorOptions.parse(List.of(arguments))).start(shutdown));
    }

    private void start(Shutdown shutdown) throws Exception {
        switch (options.mode()) {
            case HELP -> {
                System.out.println(HELP);
                shutdown.stop();
            }
            case KEYS -> {
                keys(configuration());
                shutdown.stop();
            }
            case GENESIS -> {
                genesis();
                shutdown.stop();
            }
            case INIT -> {
                init(EncodedFile.read(Path.of(options.one("--genesis")), Genesis.FORMAT));
                shutdown.stop();
            }
            case GOVERN -> {
                PorConfiguration configuration = configuration();
                try (Governing governing = new Governing(configuration)) {
                    System.out.println(governing.run(options));
                }
                shutdown.stop();
            }
            case NETWORK -> new Trial(options).run(shutdown);
            case SERVE -> {
                PorConfiguration configuration = configuration();
                Logging.configure(configuration.logFormat(), Level.INFO);
                String address = new PorNode(configuration, Clock.system()).serve(shutdown);
                System.out.println("por: serving " + address);
            }
        }
    }

    private void init(Genesis genesis) throws Exception {
        PorNode node = new PorNode(configuration(), Clock.system());
        String from = options.has("--from") ? options.one("--from") : "zero";
        switch (from) {
            case "zero" -> node.init(genesis);
            case "snapshot" -> node.initFromSnapshot(genesis);
            default -> throw PorOptions.usage("--from is zero or snapshot, not " + from);
        }
    }

    private PorConfiguration configuration() throws StartRefused {
        return PorConfiguration.read(Path.of(options.one("--config")));
    }

    private void keys(PorConfiguration configuration) throws Exception {
        Path directory = configuration.directory();
        if (NodeKeys.areIn(directory)) {
            throw new StartRefused(ExitCode.USAGE, directory + " holds keys already");
        }
        String at = options.one("--at");
        int colon = at.lastIndexOf(':');
        Cryptography cryptography = Cryptography.fastest();
        NodeKeys keys =
                NodeKeys.make(
                        directory,
                        configuration.serving().hosts(),
                        cryptography,
                        Clock.system().instant());
        Change.Add added =
                PorOptions.made(
                        "--name or --at",
                        at,
                        _ ->
                                Founding.member(
                                        configuration.chain(),
                                        keys.transactions(cryptography).key(),
                                        keys.blocks(cryptography),
                                        new Name(options.one("--name")),
                                        at.substring(0, Math.max(0, colon)),
                                        Integer.parseInt(at.substring(colon + 1))));
        Path file = Founding.write(directory, added);
        System.out.println("account " + added.member().account());
        System.out.println("key " + added.member().key());
        System.out.println(
                "next: hand "
                        + file
                        + " to whoever makes the genesis, or to a member who proposes to add this"
                        + " one");
    }

    private void genesis() throws IOException, StartRefused {
        List<VerifyingKey> accounts = new ArrayList<>();
        for (String each : options.all("--account")) {
            accounts.add(PorOptions.made("--account", each, Main::key));
        }
        Founding founding =
                new Founding(
                        PorOptions.made("--chain", options.one("--chain"), ChainId::new),
                        PorOptions.made("--owner", options.one("--owner"), Main::key),
                        accounts,
                        new Parameters(
                                PorOptions.made("--max", options.one("--max"), Main::scaled),
                                PorOptions.made("--min", options.one("--min"), Main::scaled),
                                Parameters.Nearest.ONE_STEP_BELOW_MAX),
                        options.has("--slack")
                                ? PorOptions.made("--slack", options.one("--slack"), Main::slack)
                                : Settings.Slack.IS_REMOVED,
                        Founding.members(options.rest().stream().map(Path::of).toList()));
        Path out = Path.of(options.one("--out"));
        var genesis = founding.genesis(Clock.system().instant());
        EncodedFile.write(out, Genesis.FORMAT, genesis);
        System.out.println("chain " + genesis.chain() + " genesis " + genesis.digest());
        System.out.println("next: each member: entente chain por --init --genesis " + out);
    }

    private static VerifyingKey key(String hex) {
        return new VerifyingKey(Bytes.fromHex(hex));
    }

    private static Settings.Slack slack(String word) throws StartRefused {
        return switch (word) {
            case "removed" -> Settings.Slack.IS_REMOVED;
            case "stays" -> Settings.Slack.STAYS;
            default -> throw PorOptions.usage("--slack is removed or stays, not " + word);
        };
    }

    static int scaled(String decimal) {
        return new BigDecimal(decimal)
                .multiply(BigDecimal.valueOf(Parameters.SCALE))
                .intValueExact();
    }
}
