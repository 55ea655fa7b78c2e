package org.entente.chain.app;

import org.entente.runtime.FreePorts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where one node of a network on this machine listens.
///
/// @param api for its HTTP API
/// @param peers for the other nodes
public record NodePorts(int api, int peers) {
    /// Those that are given, and free ones for the nodes behind them.
    public static List<NodePorts> completed(List<NodePorts> given, int count) throws IOException {
        List<NodePorts> ports = new ArrayList<>(given);
        List<Integer> free = FreePorts.several(2 * (count - given.size()));
        for (int index = 0; index < free.size(); index += 2) {
            ports.add(new NodePorts(free.get(index), free.get(index + 1)));
        }
        return ports;
    }
}
