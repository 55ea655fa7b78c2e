package org.entente.launcher.app.demo;

import org.entente.chain.app.NodePorts;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.runtime.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where such an alliance lies: its folder, and the ports that its processes keep over restarts,
/// since addresses stand in what is signed.
///
/// @param chains how the blocks of each are made
public record Ground(
        Path folder,
        List<Party> members,
        SortedMap<Market, Making> chains,
        SortedMap<String, Integer> ports) {
    private static final String PORTS = "ports";
    private static final String CHAINS = "chains";
    private static final String COMPLETE = "alliance";
    private static final String PEERS = "/peers";
    private static final int NODES = 4;

    /// Takes up the folder of an earlier start, or makes one.
    ///
    /// @param memberCount of organisations, 2 or more
    /// @param wanted chains that are not to be made by one node; those of an earlier start stay
    public static Ground in(Path folder, int memberCount, Map<Market, Making> wanted)
            throws IOException {
        List<Party> members = List.of(Party.values()).subList(0, memberCount);
        Path place = folder.toAbsolutePath().normalize();
        Files.createDirectories(place);
        Path file = place.resolve(PORTS);
        if (!Files.exists(file)) {
            TreeMap<Market, Making> chains = new TreeMap<>(wanted);
            for (Market market : Market.values()) {
                chains.putIfAbsent(market, Making.SOLO);
            }
            Files.write(
                    place.resolve(CHAINS),
                    chains.entrySet().stream()
                            .map(each -> each.getKey() + " " + each.getValue())
                            .toList());
            List<String> lines = new ArrayList<>();
            for (String name : reserved(members, chains)) {
                lines.add(name + " " + FreePorts.one());
            }
            Files.write(file, lines);
        }
        TreeMap<Market, Making> chains = new TreeMap<>();
        for (String line : Files.readAllLines(place.resolve(CHAINS))) {
            String[] parts = line.split(" ", 2);
            chains.put(Market.valueOf(parts[0]), Making.valueOf(parts[1]));
        }
        TreeMap<String, Integer> ports = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 2);
            ports.put(parts[0], Integer.parseInt(parts[1]));
        }
        return new Ground(place, members, chains, ports);
    }

    private static List<String> reserved(List<Party> members, SortedMap<Market, Making> chains) {
        List<String> names = new ArrayList<>(List.of("relay"));
        for (Market market : Market.values()) {
            if (chains.get(market) != Making.SOLO) {
                for (int number = 1; number <= NODES; number++) {
                    names.add(node(market, number));
                    names.add(node(market, number) + PEERS);
                }
            } else {
                names.add(market.word());
            }
        }
        members.forEach(party -> names.add(party.word()));
        return names;
    }

    /// The name of a node's process, and of its files.
    private static String node(Market market, int number) {
        return market.word() + "/node-" + number;
    }

    public Ground {
        members = List.copyOf(members);
        chains = Sorted.copyOf(chains);
        ports = Sorted.copyOf(ports);
    }

    /// All processes by name, in the order in which they start.
    public List<String> processes() {
        List<String> names = new ArrayList<>(List.of("relay"));
        for (Market market : Market.values()) {
            names.addAll(nodes(market));
        }
        members.forEach(party -> names.add(party.word()));
        return names;
    }

    public Making making(Market market) {
        return chains.getOrDefault(market, Making.SOLO);
    }

    /// Whether the chain has several nodes.
    public boolean isShared(Market market) {
        return making(market) != Making.SOLO;
    }

    public ChainId chain(Market market) {
        return new ChainId(making(market).namespace() + ":" + market.word());
    }

    /// Where what comes from the other chain lands. On an industrial chain it is data as well
    /// (docs/chains/industrial-data.md §4.1).
    public String inbox(Market market) {
        return (making(market) == Making.INDUSTRIAL ? "data." : "inbox-") + market.word();
    }

    /// What leaves a chain: keys of its own, and of an industrial one what it says of readings.
    List<String> offered(Market market) {
        String own = market.offered() + "*";
        return making(market) == Making.INDUSTRIAL ? List.of(own, Press.OFFERED) : List.of(own);
    }

    /// The processes of a chain.
    public List<String> nodes(Market market) {
        if (!isShared(market)) {
            return List.of(market.word());
        }
        List<String> nodes = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            nodes.add(node(market, number));
        }
        return nodes;
    }

    /// Where the nodes of a chain that has several listen.
    List<NodePorts> shared(Market market) {
        return nodes(market).stream()
                .map(each -> new NodePorts(port(each), port(each + PEERS)))
                .toList();
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalStateException("no port for " + name);
        }
        return port;
    }

    public URI relay() {
        return https("relay");
    }

    public URI agent(Party party) {
        return https(party.word());
    }

    /// Where one node of a chain answers.
    public URI node(Market market) {
        return addresses(market).getFirst();
    }

    /// Where all nodes of a chain answer.
    public List<URI> addresses(Market market) {
        return nodes(market).stream()
                .map(each -> URI.create("http://127.0.0.1:" + port(each)))
                .toList();
    }

    /// The same as one setting has them.
    String addressLine(Market market) {
        return String.join(", ", addresses(market).stream().map(URI::toString).toList());
    }

    private URI https(String name) {
        return URI.create("https://localhost:" + port(name));
    }

    /// Whether the alliance was founded by an earlier start.
    public boolean isFounded() {
        return Files.exists(path(COMPLETE));
    }

    /// The last thing that founding does.
    void founded(String alliance) throws IOException {
        Files.writeString(path(COMPLETE), alliance + "\n");
    }

    public String alliance() throws IOException {
        return Files.readString(path(COMPLETE)).strip();
    }
}
