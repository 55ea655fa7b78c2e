package org.entente.chain.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.fixture.MemoryChain;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.fixture.Described;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The OpenAPI document of what all chains of ours serve, against a node that serves nothing else.
final class OpenApiTest {
    @TempDir private Path directory;

    @Test
    void it_names_every_route_and_no_other_and_real_answers_fit_it() throws Exception {
        var owner = MemoryChain.freshSigner().key();
        Path file = directory.resolve("solo.conf");
        Files.writeString(
                file,
                """
                process = solo
                listen = 127.0.0.1:0
                tls = off
                directory = chain
                chain = solo:described
                owner = %s
                """
                        .formatted(owner));
        SoloNode node =
                new SoloNode(
                        SoloConfiguration.configured(SettingsFile.read(file)).orRefuse(),
                        Clock.system());
        node.init();
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        try {
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
                            "/v1/accounts/" + owner)) {
                document.answered("GET", look, 200, Described.json(url + look));
            }
            document.fits("Problem", Described.json(url + "/v1/headers/7"));
        } finally {
            shutdown.stop();
        }
    }
}
