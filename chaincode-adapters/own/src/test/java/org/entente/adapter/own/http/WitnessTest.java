package org.entente.adapter.own.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import org.entente.adapter.own.CertifiedHeader;
import org.entente.adapter.own.Evidence;
import org.entente.adapter.own.Finality;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is made of a node that shows less than it says.
final class WitnessTest {
    private static final Duration PLENTY = Duration.ofSeconds(30);

    private HttpServer server;
    private Source source;

    /// @param next the lowest height that is not final by what was shown
    /// @param most beyond which nothing is ever shown
    private record Shown(long next, long most) implements Evidence {
        @Override
        public Optional<String> missing(long height) {
            return Math.max(1, height) < next ? Optional.empty() : Optional.of("/next=" + next);
        }

        @Override
        public Parsed<Evidence> with(Bytes shown) {
            return Parsed.of(new Shown(Math.min(next + 1, most + 1), most));
        }

        @Override
        public Verdict check(CertifiedHeader certified) {
            return Verdict.accepted();
        }
    }

    @BeforeEach
    void begun() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        source =
                new Source(
                        new Wire(new Node(address, Optional.empty()), PLENTY, PLENTY),
                        Sorted.copyOf(List.<Long>of()));
    }

    @AfterEach
    void ended() {
        source.close();
        server.stop(0);
    }

    @Test
    void a_node_that_shows_too_little_is_away_and_not_doubted() throws Exception {
        Witness witness = new Witness(source, Sorted.copyOf(List.<Long>of()));
        Finality finality = _ -> new Shown(1, 3);
        assertThat(witness.evidence(3, finality, Deadline.in(PLENTY))).isEqualTo(new Shown(4, 3));
        assertThatThrownBy(() -> witness.evidence(4, finality, Deadline.in(PLENTY)))
                .isInstanceOf(SourceAway.class)
                .hasMessageContaining("does not make block 4 final");
        assertThat(witness.evidence(2, finality, Deadline.in(PLENTY))).isEqualTo(new Shown(4, 3));
    }

    @Test
    void a_node_without_a_final_block_is_away() {
        Witness witness = new Witness(source, Sorted.copyOf(List.<Long>of()));
        assertThatThrownBy(() -> witness.evidence(0, _ -> new Shown(1, 0), Deadline.in(PLENTY)))
                .isInstanceOf(SourceAway.class)
                .hasMessageContaining("none of its blocks is final yet");
    }
}
