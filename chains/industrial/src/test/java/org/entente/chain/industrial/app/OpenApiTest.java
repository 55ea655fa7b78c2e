package org.entente.chain.industrial.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.app.LocalNetwork;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.fixture.Described;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The OpenAPI document of an industrial node against its routes and against real answers.
final class OpenApiTest {
    private static final int SIZE_BYTES_MAX = 1 << 20;

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
        try (LocalNetwork<?> network = LocalNetwork.founded(directory.resolve("n"), design);
                HttpClient http = HttpClient.newHttpClient()) {
            network.begin();
            IndustrialNode node =
                    new IndustrialNode(
                            IndustrialConfiguration.configured(
                                            SettingsFile.read(
                                                    network.nodes().getFirst().configuration()))
                                    .orRefuse(),
                            Clock.system());
            String url = node.serve(shutdown);
            Described document = new Described(json(http, url + "/openapi.json"));
            assertThat(document.addresses()).isEqualTo(node.addresses());

            document.fits("Status", json(http, url + "/v1/status"));
            document.fits("Header", json(http, url + "/v1/headers/0"));
            document.fits("Account", json(http, url + "/v1/accounts/" + network.owner().key()));
            document.fits("Members", json(http, url + "/v1/industrial/members"));
            document.fits("Network", json(http, url + "/v1/industrial/network"));
            document.fits("Scrub", json(http, url + "/v1/data/scrub"));
            document.fits("Devices", json(http, url + "/v1/devices"));
            document.fits("Alerts", json(http, url + "/v1/alerts"));
            document.fits("Alerts", json(http, url + "/v1/alerts/local"));
            document.fits("Problem", json(http, url + "/v1/data/series?id=nothing"));
        } finally {
            shutdown.stop();
        }
    }

    private static JsonNode json(HttpClient http, String url) throws Exception {
        HttpResponse<byte[]> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        return Json.read(Bytes.copyOf(answer.body()), SIZE_BYTES_MAX).orThrow();
    }
}
