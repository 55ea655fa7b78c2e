package org.entente.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of this machine for servers that keep them over restarts.
///
/// They lie below those that a system gives to outgoing connections, else a port would be lost to
/// one between its choice and the start of who listens there, or while that one is down. Each
/// process begins at a place of its own and gives none twice until it has been around.
public final class FreePorts {
    private static final int FIRST = 16_384;
    private static final int COUNT = 16_384;

    /// How far apart two processes that were started one after the other begin.
    private static final int STRIDE = 61;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * STRIDE % COUNT));

    private FreePorts() {}

    /// A port that nobody has now.
    public static int one() throws IOException {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + NEXT.getAndUpdate(last -> (last + 1) % COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException(
                "no port between " + FIRST + " and " + (FIRST + COUNT - 1) + " is free");
    }

    /// As many different ones.
    public static List<Integer> several(int count) throws IOException {
        List<Integer> ports = new ArrayList<>(count);
        while (ports.size() < count) {
            ports.add(one());
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
