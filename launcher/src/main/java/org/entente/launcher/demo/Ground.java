package org.entente.launcher.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the demo lies: its folder, and the ports that its processes keep over restarts, since
/// addresses stand in what is signed.
record Ground(Path folder, SortedMap<String, Integer> ports) {
    private static final String PORTS = "ports";
    private static final String COMPLETE = "alliance";

    /// Takes up the folder of an earlier start, or makes one.
    static Ground in(Path folder) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        Files.createDirectories(place);
        Path file = place.resolve(PORTS);
        if (!Files.exists(file)) {
            Files.write(file, free(names()));
        }
        TreeMap<String, Integer> ports = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 2);
            ports.put(parts[0], Integer.parseInt(parts[1]));
        }
        return new Ground(place, ports);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("relay"));
        for (Party party : Party.values()) {
            names.add(party.word());
        }
        for (Market market : Market.values()) {
            names.add(market.word());
        }
        return names;
    }

    /// All are held until each has one, so that no two get the same.
    private static List<String> free(List<String> names) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<String> lines = new ArrayList<>();
            for (String name : names) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                lines.add(name + " " + socket.getLocalPort());
            }
            return lines;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalStateException("no port for " + name);
        }
        return port;
    }

    URI relay() {
        return https("relay");
    }

    URI agent(Party party) {
        return https(party.word());
    }

    URI node(Market market) {
        return URI.create("http://127.0.0.1:" + port(market.word()));
    }

    private URI https(String name) {
        return URI.create("https://localhost:" + port(name));
    }

    /// Whether the alliance was founded by an earlier start.
    boolean isFounded() {
        return Files.exists(path(COMPLETE));
    }

    /// The last thing that founding does.
    void founded(String alliance) throws IOException {
        Files.writeString(path(COMPLETE), alliance + "\n");
    }

    String alliance() throws IOException {
        return Files.readString(path(COMPLETE)).strip();
    }
}
