package org.entente.chain.industrial.app;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.chain.Genesis;
import org.entente.chain.app.EncodedFile;
import org.entente.chain.app.NodeApi;
import org.entente.chain.app.NodeKey;
import org.entente.chain.app.Options;
import org.entente.chain.industrial.app.register.RegisterCommands;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Application;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.json.Json;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// `./entente chain industrial …`: the process, and what begins a chain.
public final class Main {
    private static final String HELP =
            """
            Usage: entente chain industrial --config FILE                serve until SIGTERM or Ctrl-C
                   entente chain industrial keys --config FILE --name NAME --at HOST:PORT
                                                                         make this member's key, and the
                                                                         file `member` for the others
                   entente chain industrial genesis --chain icb:NAME --owner KEY --out FILE
                                             [--sealers committee|full] [--epoch BLOCKS]
                                             [--account KEY]… MEMBER-FILE…
                                                                         make the genesis of all members,
                                                                         and beside it FILE.members:
                                                                         where they are; sealers: 3f+1
                                                                         with f a sixth of the members,
                                                                         or as many as PBFT can use
                   entente chain industrial --init --genesis FILE --config FILE
                                                                         begin with it, once; all blocks
                                                                         come from the others
                   entente chain industrial members --config FILE [--json]
                                                                         who they are, and what blocks
                                                                         show of them
                   entente chain industrial --nodes N [--sealers committee|full]
                                             [--seconds S [--warming W] | --blocks B]
                                             [--accounts A] [--together T]
                                             [--rate R] [--readings K]
                                             [--set "KEY = VALUE"]…
                                             [--directory D] [--json]
                                                                         a network of N nodes on this
                                                                         machine under load by A
                                                                         accounts, T of which send in
                                                                         one request: R transactions a
                                                                         second, or else each when its
                                                                         last is final; values, or
                                                                         batches of K readings of a
                                                                         device; with KEY set in the
                                                                         configuration of each node (see
                                                                         below); with --seconds or
                                                                         --blocks it ends then and says
                                                                         what it did, after W seconds
                                                                         (a third of S) that do not
                                                                         count; one that is in D goes on.
                                                                         More than one --nodes or
                                                                         --sealers: all of these, one
                                                                         after the other

            A configuration file has at least:
              process = industrial
              listen = 127.0.0.1:7700
              peers.listen = 127.0.0.1:7701
              directory = /var/lib/entente/industrial
              members = /etc/entente/members
              chain = icb:works
            Further keys: tls, hosts, blockInterval, block.transactionsMax, block.idle, view.timeout,
            view.timeoutMost, resend, snapshot.blocks, transactions.remembered, pool.waitingMax,
            pool.sizeMax, pool.perAccountMax, finalTimeMax, events.max, events.heartbeat, http.slots,
            http.queue, log.format; and data.*, of the data that a node keeps
            (docs/chains/industrial-data.md). `entente config check FILE` checks it.

            Data in and out of a chain: entente data --help.

            Exit status: 0 done, 1 failed, 2 wrong use or configuration.

            """
                    + RegisterCommands.HELP;
    private static final Set<String> VALUED =
            Set.of(
                    "--config",
                    "--name",
                    "--at",
                    "--chain",
                    "--owner",
                    "--out",
                    "--sealers",
                    "--epoch",
                    "--account",
                    "--genesis",
                    "--nodes",
                    "--seconds",
                    "--warming",
                    "--blocks",
                    "--accounts",
                    "--together",
                    "--rate",
                    "--readings",
                    "--set",
                    "--directory");
    private static final Set<String> PLAIN = Set.of("--help", "-h", "--init", "--json");
    private static final String MEMBER_FILE = "member";
    private static final int EPOCH_BLOCKS = 50;

    private final Options options;

    private Main(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        // Until it serves, what it has to say goes to standard output and error in its own words.
        Logging.configure(LogFormat.TEXT, Level.WARN);
        Application.run(
                IndustrialConfiguration.PROCESS,
                shutdown ->
                        new Main(
                                        Options.parse(
                                                IndustrialConfiguration.PROCESS,
                                                valued(),
                                                PLAIN,
                                                List.of(arguments)))
                                .start(shutdown));
    }

    private static Set<String> valued() {
        Set<String> all = new TreeSet<>(VALUED);
        all.addAll(RegisterCommands.VALUED);
        return all;
    }

    private void start(Shutdown shutdown) throws Exception {
        if (options.has("--help") || options.has("-h")) {
            System.out.println(HELP);
            shutdown.stop();
        } else if (options.has("--nodes")) {
            new Trial(options).run(shutdown);
        } else if (options.has("--init")) {
            new IndustrialNode(configuration(), Clock.system())
                    .init(Founding.read(Path.of(options.one("--genesis"))));
            shutdown.stop();
        } else if (options.words().isEmpty()) {
            IndustrialConfiguration configuration = configuration();
            Logging.configure(configuration.logFormat(), Level.INFO);
            String address = new IndustrialNode(configuration, Clock.system()).serve(shutdown);
            System.out.println("industrial: serving " + address);
        } else {
            switch (options.words().getFirst()) {
                case "keys" -> keys(configuration());
                case "genesis" -> genesis();
                case "members" -> members(configuration());
                case String name when RegisterCommands.NAMES.contains(name) ->
                        registers(configuration());
                default -> throw options.usage("no command is named " + options.words().getFirst());
            }
            shutdown.stop();
        }
    }

    private IndustrialConfiguration configuration() throws StartRefused {
        return IndustrialConfiguration.read(Path.of(options.one("--config")));
    }

    private void keys(IndustrialConfiguration configuration) throws Exception {
        Path directory = configuration.directory();
        if (NodeKey.isIn(directory)) {
            throw new StartRefused(ExitCode.USAGE, directory + " holds a key already");
        }
        String name = options.one("--name", text -> new Name(text).text());
        String at = options.one("--at");
        Cryptography cryptography = Cryptography.fastest();
        KeyFile key =
                NodeKey.make(
                        directory,
                        configuration.serving().hosts(),
                        cryptography,
                        Clock.system().instant());
        VerifyingKey account = cryptography.signer(key.keys()).key();
        Neighbours.Neighbour member =
                options.made("--at", name + " " + at + " " + account, Neighbours.Neighbour::parse);
        Path file = directory.resolve(MEMBER_FILE);
        new Neighbours(List.of(member)).write(file);
        System.out.println("account " + account);
        System.out.println("next: hand " + file + " to whoever makes the genesis");
    }

    private void genesis() throws IOException, StartRefused {
        List<VerifyingKey> accounts = new ArrayList<>();
        for (String each : options.all("--account")) {
            accounts.add(options.made("--account", each, Main::key));
        }
        Founding founding =
                new Founding(
                        options.one("--chain", ChainId::new),
                        options.one("--owner", Main::key),
                        accounts,
                        sealing(options),
                        options.oneOr("--epoch", EPOCH_BLOCKS, Integer::parseInt),
                        Neighbours.read(options.words().stream().skip(1).map(Path::of).toList()));
        Path out = Path.of(options.one("--out"));
        Path members = out.resolveSibling(out.getFileName() + ".members");
        var genesis = founding.genesis(Clock.system().instant());
        founding.members().write(members);
        EncodedFile.write(out, Genesis.FORMAT, genesis);
        System.out.println("chain " + genesis.chain() + " genesis " + genesis.digest());
        System.out.println(
                "next: each member takes both files, names "
                        + members
                        + " in its configuration, and: entente chain industrial --init --genesis "
                        + out);
    }

    static Sealing sealing(Options options) throws StartRefused {
        return options.oneOr("--sealers", Sealing.COMMITTEE, Main::sealing);
    }

    /// All that are named, for comparison.
    static List<Sealing> sealings(Options options) throws StartRefused {
        List<Sealing> sealings = new ArrayList<>();
        for (String word : options.all("--sealers")) {
            sealings.add(options.made("--sealers", word, Main::sealing));
        }
        return sealings.isEmpty() ? List.of(Sealing.COMMITTEE) : sealings;
    }

    private static Sealing sealing(String word) {
        return switch (word) {
            case "committee" -> Sealing.COMMITTEE;
            case "full" -> Sealing.FULL;
            default -> throw new IllegalArgumentException("committee or full, not " + word);
        };
    }

    private static VerifyingKey key(String hex) {
        return new VerifyingKey(Bytes.fromHex(hex));
    }

    private void members(IndustrialConfiguration configuration) throws Exception {
        var shown = NodeKey.read(configuration.directory()).chain().getFirst();
        try (NodeApi api = NodeApi.of(configuration.serving(), shown)) {
            JsonNode answer = api.get("/v1/industrial/members");
            System.out.println(options.has("--json") ? Json.write(answer).asUtf8() : words(answer));
        }
    }

    private void registers(IndustrialConfiguration configuration) throws Exception {
        var shown = NodeKey.read(configuration.directory()).chain().getFirst();
        try (NodeApi api = NodeApi.of(configuration.serving(), shown)) {
            new RegisterCommands(options, api, configuration.chain()).run();
        }
    }

    private static String words(JsonNode answer) {
        StringBuilder words =
                new StringBuilder(
                        "height %d, epoch %d, %d seats, a quorum is %d"
                                .formatted(
                                        answer.path("height").asLong(),
                                        answer.path("epoch").asLong(),
                                        answer.path("seats").asInt(),
                                        answer.path("quorum").asInt()));
        for (JsonNode each : answer.path("members")) {
            words.append(
                    String.format(
                            Locale.ROOT,
                            "%n%-16s %s…  %4d points%s%s%s%s",
                            each.path("name").asString(),
                            each.path("account").asString().substring(0, 8),
                            each.path("points").asInt(),
                            each.path("seals").asBoolean() ? "  seals" : "",
                            each.path("proposes").asBoolean() ? "  proposes next" : "",
                            each.path("offline").asBoolean() ? "  offline" : "",
                            each.path("banned").asBoolean() ? "  BANNED" : ""));
        }
        return words.toString();
    }
}
