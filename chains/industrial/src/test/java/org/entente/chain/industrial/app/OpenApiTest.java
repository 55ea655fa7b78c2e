package org.entente.chain.industrial.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.app.LocalNetwork;
import org.entente.protocol.ChainId;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.fixture.Described;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The OpenAPI document of an industrial node against its routes and against real answers.
final class OpenApiTest {
    @TempDir private Path directory;

    @Test
    void it_names_every_route_and_no_other_and_real_answers_fit_it() throws Exception {
        Design design =
                new Design(
                        new ChainId("icb:described"),
                        4,
                        Sealing.FULL,
                        50,
                        _ -> "127.0.0.1",
                        List.of(),
                        Main.class.getName(),
                        _ -> List.of());
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        try (LocalNetwork<?> network = LocalNetwork.founded(directory.resolve("n"), design)) {
            network.begin();
            IndustrialNode node =
                    new IndustrialNode(
                            IndustrialConfiguration.read(
                                    network.nodes().getFirst().configuration()),
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
                            "/v1/headers/0",
                            "/v1/accounts/" + network.owner().key(),
                            "/v1/industrial/members",
                            "/v1/industrial/network",
                            "/v1/data/scrub",
                            "/v1/devices",
                            "/v1/alerts",
                            "/v1/alerts/local")) {
                document.answered("GET", look, 200, Described.json(url + look));
            }
            document.fits("Problem", Described.json(url + "/v1/data/series?id=nothing"));
        } finally {
            shutdown.stop();
        }
    }
}
