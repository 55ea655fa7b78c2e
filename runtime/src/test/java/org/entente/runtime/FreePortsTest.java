package org.entente.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

class FreePortsTest {
    /// The first that Linux gives to outgoing connections.
    private static final int OUTGOING = 32_768;

    @Test
    void ports_differ_and_no_outgoing_connection_gets_one() throws Exception {
        List<Integer> ports = FreePorts.several(100);
        assertThat(ports)
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(1024, OUTGOING - 1));
    }

    @Test
    void a_port_at_which_somebody_listens_is_passed_over() throws Exception {
        int next = FreePorts.one() + 1;
        try (ServerSocket _ = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.one()).isNotEqualTo(next);
        }
    }
}
