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

            document.fits("Status", Described.json(url + "/v1/status"));
            document.fits("Header", Described.json(url + "/v1/headers/0"));
            document.fits("Account", Described.json(url + "/v1/accounts/" + network.owner().key()));
            document.fits("Members", Described.json(url + "/v1/industrial/members"));
            document.fits("Network", Described.json(url + "/v1/industrial/network"));
            document.fits("Scrub", Described.json(url + "/v1/data/scrub"));
            document.fits("Devices", Described.json(url + "/v1/devices"));
            document.fits("Alerts", Described.json(url + "/v1/alerts"));
            document.fits("Alerts", Described.json(url + "/v1/alerts/local"));
            document.fits("Problem", Described.json(url + "/v1/data/series?id=nothing"));
        } finally {
            shutdown.stop();
        }
    }
}
