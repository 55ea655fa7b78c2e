package org.entente.chain.industrial.app;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.app.LocalDesign;
import org.entente.chain.app.NodeKey;
import org.entente.chain.app.NodePorts;
import org.entente.chain.app.Serving;
import org.entente.chain.transport.PeerAddress;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Clock;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// What a network on one machine is made with. Nodes are numbered from 0.
///
/// @param accounts that the genesis admits
/// @param ports of the first nodes; the others take free ones
/// @param host at which a node listens and the others reach it: each process may have a file of
///   hosts of its own
/// @param settings lines of each node's configuration beside those that it has to have
/// @param main whose `main` a process runs
/// @param options of a process's JVM, asked for whenever it is started
public record Design(
        ChainId chain,
        int count,
        List<VerifyingKey> accounts,
        List<NodePorts> ports,
        Sealing sealing,
        int epochBlocks,
        IntFunction<String> host,
        List<String> settings,
        String main,
        IntFunction<List<String>> options)
        implements LocalDesign<Neighbours.Neighbour> {
    static final int COUNT_MAX = 64;
    private static final ChainId CHAIN = new ChainId("icb:local");
    private static final int EPOCH_BLOCKS = 50;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String MEMBERS = "members";
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx512m");

    public Design {
        if (count < 4 || count > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a network has 4 to " + COUNT_MAX + " nodes, not " + count);
        }
        accounts = List.copyOf(accounts);
        ports = List.copyOf(ports);
        settings = List.copyOf(settings);
    }

    public Design(
            ChainId chain,
            int count,
            Sealing sealing,
            int epochBlocks,
            IntFunction<String> host,
            List<String> settings,
            String main,
            IntFunction<List<String>> options) {
        this(
                chain,
                count,
                List.of(),
                List.of(),
                sealing,
                epochBlocks,
                host,
                settings,
                main,
                options);
    }

    /// With an address for each node, and accounts that may write from the start.
    public static Design of(ChainId chain, List<VerifyingKey> accounts, List<NodePorts> ports) {
        Design standard = standard(ports.size(), Sealing.FULL);
        return new Design(
                chain,
                ports.size(),
                accounts,
                ports,
                standard.sealing,
                standard.epochBlocks,
                standard.host,
                standard.settings,
                standard.main,
                standard.options);
    }

    public static Design standard(int count, Sealing sealing) {
        return new Design(
                CHAIN,
                count,
                sealing,
                EPOCH_BLOCKS,
                _ -> LOOPBACK,
                List.of(),
                Main.class.getName(),
                _ -> JVM);
    }

    /// With settings of each node's configuration.
    Design with(List<String> lines) {
        return new Design(
                chain, count, accounts, ports, sealing, epochBlocks, host, lines, main, options);
    }

    int seats() {
        return sealing.seats(count);
    }

    @Override
    public String process() {
        return IndustrialConfiguration.PROCESS;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("members = " + MEMBERS);
        lines.addAll(settings);
        return lines;
    }

    @Override
    public Neighbours.Neighbour member(
            Path home, PeerAddress at, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable {
        KeyFile key = NodeKey.make(home, List.of(LOOPBACK), cryptography, now);
        return new Neighbours.Neighbour(
                new Name(home.getFileName().toString()),
                at.host(),
                at.port(),
                cryptography.signer(key.keys()).key());
    }

    @Override
    public Genesis genesis(
            Path network, VerifyingKey owner, List<Neighbours.Neighbour> members, Instant now)
            throws IOException, StartRefused {
        Neighbours all = new Neighbours(members);
        all.write(network.resolve(MEMBERS));
        return new Founding(chain, owner, accounts, sealing, epochBlocks, all).genesis(now);
    }

    @Override
    public List<Neighbours.Neighbour> members(Path network) throws IOException, StartRefused {
        return Neighbours.read(List.of(network.resolve(MEMBERS))).members();
    }

    @Override
    public Serving serving(Path configuration) throws StartRefused {
        return IndustrialConfiguration.read(configuration).serving();
    }

    @Override
    public void begin(Path configuration, Genesis genesis) throws IOException, StartRefused {
        new IndustrialNode(IndustrialConfiguration.read(configuration), Clock.system())
                .begin(genesis);
    }
}
