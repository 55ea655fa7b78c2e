package org.entente.chain.por.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.app.LocalNetwork;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.fixture.Described;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The OpenAPI document of a node by proof of rest against its routes and against real answers.
final class OpenApiTest {
    @TempDir private Path directory;

    @Test
    void it_names_every_route_and_no_other_and_real_answers_fit_it() throws Exception {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        try (LocalNetwork<?> network =
                LocalNetwork.founded(directory.resolve("n"), Design.standard(2))) {
            network.begin();
            PorNode node =
                    new PorNode(
                            PorConfiguration.read(network.nodes().getFirst().configuration()),
                            Clock.system());
            String url = node.serve(shutdown);
            Described document = Described.at(url);
            assertThat(document.addresses()).isEqualTo(node.addresses());
            assertThat(document.silent()).isEmpty();

            for (String look :
                    List.of(
                            "/health/live",
                            "/health/ready",
                            "/v1/status",
                            "/v1/por/members",
                            "/v1/por/network")) {
                document.answered("GET", look, 200, Described.json(url + look));
            }
            document.fits("Problem", Described.json(url + "/v1/por/blocks/x"));
        } finally {
            shutdown.stop();
        }
    }
}
