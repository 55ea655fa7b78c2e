package org.entente.chain.app;

import java.nio.file.Path;

/// A node of a network on this machine.
///
/// @param port of its API
/// @param member who it is, for the others
public record LocalNode<M>(Path directory, int port, M member) {
    public static Path directory(Path network, int index) {
        return network.resolve("node-" + (index + 1));
    }

    static Path configuration(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".conf");
    }

    public String name() {
        return directory.getFileName().toString();
    }

    public String api() {
        return "http://127.0.0.1:" + port;
    }

    public Path configuration() {
        return configuration(directory);
    }

    /// What its processes said, the newest since its start.
    public Path log() {
        return directory.resolveSibling(name() + ".log");
    }
}
