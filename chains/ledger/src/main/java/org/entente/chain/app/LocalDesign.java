package org.entente.chain.app;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.transport.PeerAddress;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/// What a network on one machine is made with, and what each consensus makes of it in its own way.
/// Nodes are numbered from 0.
///
/// @param <M> who a node is, for the others
public interface LocalDesign<M> {
    /// What stands behind `process =` in a node's file.
    String process();

    ChainId chain();

    int count();

    /// Where the first nodes listen; the others take ports that are free.
    List<NodePorts> ports();

    /// At which a node listens and the others reach it: each process may have a file of hosts of
    /// its own.
    IntFunction<String> host();

    /// Lines of each node's configuration beside those that every node's has.
    List<String> lines();

    /// Whose `main` a process runs.
    String main();

    /// Options of a process's JVM, asked for whenever it is started.
    IntFunction<List<String>> options();

    /// Makes a node's keys; it is called as its directory is.
    M member(Path home, PeerAddress at, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable;

    /// Makes the genesis, and whatever else all nodes read from the network's directory.
    Genesis genesis(Path network, VerifyingKey owner, List<M> members, Instant now)
            throws IOException, StartRefused;

    /// The nodes of a network that is there.
    List<M> members(Path network) throws IOException, StartRefused;

    Serving serving(Path configuration) throws StartRefused;

    /// Begins a node's chain.
    void begin(Path configuration, Genesis genesis) throws IOException, StartRefused;
}
