package org.entente.chain.industrial.app;

import org.entente.chain.transport.PeerAddress;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The members of a chain as people know them: a file with a line `NAME HOST:PORT KEY` of each. The
/// chain itself knows keys alone; where they are found each node is told.
public record Neighbours(List<Neighbour> members) {
    private static final int FILE_SIZE_BYTES_MAX = 1 << 20;

    /// @param key of its account, which its node shows to others
    public record Neighbour(Name name, String host, int port, VerifyingKey key) {
        String line() {
            return name + " " + host + ":" + port + " " + key + "\n";
        }

        PeerAddress address() {
            return new PeerAddress(host, port);
        }

        static Neighbour parse(String line) {
            String[] words = line.strip().split("\\s+", -1);
            int colon = words.length == 3 ? words[1].lastIndexOf(':') : -1;
            if (colon < 1) {
                throw new IllegalArgumentException("a line is NAME HOST:PORT KEY, not " + line);
            }
            return new Neighbour(
                    new Name(words[0]),
                    words[1].substring(0, colon),
                    Integer.parseInt(words[1].substring(colon + 1)),
                    new VerifyingKey(Bytes.fromHex(words[2])));
        }
    }

    public Neighbours {
        members = List.copyOf(members);
        TreeMap<VerifyingKey, Name> known = new TreeMap<>();
        for (Neighbour each : members) {
            Name before = known.put(each.key(), each.name());
            if (before != null) {
                throw new IllegalArgumentException(
                        before + " and " + each.name() + " have one key");
            }
        }
    }

    /// Lines with # are comments.
    static Neighbours read(List<Path> files) throws IOException, StartRefused {
        List<Neighbour> members = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_SIZE_BYTES_MAX) {
                throw new StartRefused(ExitCode.USAGE, file + " is no file of members");
            }
            try {
                for (String line : Files.readAllLines(file)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        members.add(Neighbour.parse(line));
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new StartRefused(ExitCode.USAGE, file + ": " + e.getMessage());
            }
        }
        try {
            return new Neighbours(members);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file, members.stream().map(Neighbour::line).collect(Collectors.joining()));
    }

    String name(VerifyingKey key) {
        return members.stream()
                .filter(each -> each.key().equals(key))
                .map(each -> each.name().text())
                .findFirst()
                .orElse("");
    }
}
