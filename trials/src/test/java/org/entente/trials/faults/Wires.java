package org.entente.trials.faults;

import org.entente.runtime.Threads;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What lies between the nodes of a network. Each node has a file of hosts of its own, by which
/// every other node has an address of its own there; behind that address a wire leads to the node.
/// So each pair has its own wires, which may be silent, slow, or break, each direction for itself.
final class Wires implements AutoCloseable {
    private static final int CHUNK_SIZE_BYTES = 16 * 1024;

    private final Path folder;
    private final int count;
    private final Way[][] ways;
    private final List<ServerSocket> listening = new ArrayList<>();
    private final Random random;

    /// Guards everything below and all ways, and tells of them.
    private final Object lock = new Object();

    private boolean closed;

    /// From one node to another.
    private static final class Way {
        private boolean silent;
        private Duration delayMax = Duration.ZERO;
        private double breaking;

        /// Where it leads, if not to the node.
        private Optional<String> diverted = Optional.empty();
    }

    Wires(Path folder, int count, long seed) {
        this.folder = folder;
        this.count = count;
        this.random = new Random(seed);
        this.ways = new Way[count][count];
        for (Way[] each : ways) {
            for (int to = 0; to < count; to++) {
                each[to] = new Way();
            }
        }
    }

    /// By which a node is known to the others.
    static String name(int node) {
        return "node-" + (node + 1) + ".test";
    }

    /// Where one node finds another, and where each finds itself and listens.
    private static String address(int from, int to) {
        return "127.0." + (from + 1) + "." + (to + 1);
    }

    /// The file of hosts of a node's process.
    Path hosts(int node) throws IOException {
        Path file = folder.resolve("hosts-" + (node + 1));
        if (!Files.exists(file)) {
            Files.writeString(
                    file,
                    IntStream.range(0, count)
                            .mapToObj(to -> address(node, to) + " " + name(to) + "\n")
                            .collect(Collectors.joining()));
        }
        return file;
    }

    /// Lays a wire from each to each.
    ///
    /// @param ports where the nodes listen for their peers
    void lay(List<Integer> ports) throws IOException {
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                if (from != to) {
                    lay(from, to, ports.get(to));
                }
            }
        }
    }

    private void lay(int from, int to, int port) throws IOException {
        ServerSocket socket = new ServerSocket(port, 16, InetAddress.getByName(address(from, to)));
        listening.add(socket);
        Threads.start("wire " + from + "-" + to, () -> accept(socket, from, to, port));
    }

    private void accept(ServerSocket socket, int from, int to, int port) {
        while (!socket.isClosed()) {
            try {
                Socket near = socket.accept();
                Socket far = new Socket();
                Threads.start("wire " + from + ">" + to, () -> pump(near, far, from, to, port));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void pump(Socket near, Socket far, int from, int to, int port) {
        try (near;
                far) {
            far.connect(new InetSocketAddress(end(from, to), port));
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Threads.start("wire " + to + "<" + from, () -> carry(far, near, ways[to][from]));
            carry(near, far, ways[from][to]);
        } catch (IOException e) {
            // Nobody listens there now.
        }
    }

    private String end(int from, int to) {
        synchronized (lock) {
            return ways[from][to].diverted.orElse(address(to, to));
        }
    }

    private void carry(Socket in, Socket out, Way way) {
        byte[] chunk = new byte[CHUNK_SIZE_BYTES];
        try (in;
                out) {
            InputStream from = in.getInputStream();
            OutputStream to = out.getOutputStream();
            for (int size = from.read(chunk); size >= 0; size = from.read(chunk)) {
                if (!passes(way)) {
                    return;
                }
                to.write(chunk, 0, size);
            }
        } catch (IOException e) {
            // One of both ends is gone: so is the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits as long as it takes.
    ///
    /// @return whether the connection lasts
    private boolean passes(Way way) throws InterruptedException {
        long delay;
        synchronized (lock) {
            while (way.silent && !closed) {
                lock.wait();
            }
            if (closed || random.nextDouble() < way.breaking) {
                return false;
            }
            delay = way.delayMax.isZero() ? 0 : random.nextLong(way.delayMax.toMillis());
        }
        Thread.sleep(delay);
        return true;
    }

    /// Nothing passes between the two groups.
    void cut(List<Integer> some, List<Integer> others) {
        some.forEach(one ->
                others.forEach(other -> {
                    silence(one, other);
                    silence(other, one);
                }));
    }

    /// Nothing that one says reaches the other.
    void silence(int from, int to) {
        synchronized (lock) {
            ways[from][to].silent = true;
        }
    }

    /// Connections that one begins to the other lead elsewhere from now on.
    void divert(int from, int to, String address) {
        synchronized (lock) {
            ways[from][to].diverted = Optional.of(address);
        }
    }

    /// Everything is late by up to a time, and now and then a connection breaks.
    void worsen(Duration delayMax, double breaking) {
        synchronized (lock) {
            for (Way[] each : ways) {
                for (Way way : each) {
                    way.delayMax = delayMax;
                    way.breaking = breaking;
                }
            }
        }
    }

    void heal() {
        synchronized (lock) {
            for (Way[] each : ways) {
                for (Way way : each) {
                    way.silent = false;
                    way.delayMax = Duration.ZERO;
                    way.breaking = 0;
                    way.diverted = Optional.empty();
                }
            }
            lock.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        for (ServerSocket each : listening) {
            each.close();
        }
    }
}
