package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.registry.fixture.Member;
import org.entente.runtime.fixture.Described;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// The OpenAPI document against the routes and against real answers.
final class OpenApiTest {
    @TempDir private Path directory;

    @Test
    void it_names_every_route_and_no_other_and_real_answers_fit_it() throws Exception {
        try (RunningRelay relay = RunningRelay.start(directory)) {
            Described document = new Described(relay.ask("/openapi.json").json());
            assertThat(document.addresses()).isEqualTo(relay.addresses());
            assertThat(document.silent()).isEmpty();

            relay.admit(List.of(new Member("alpha.example")));
            // Whoever asks holds what is answered to the document.
            for (String look :
                    List.of(
                            "/health/live",
                            "/health/ready",
                            "/v1/status",
                            "/v1/organisations",
                            "/v1/organisations/alpha.example",
                            "/v1/chains",
                            "/v1/nodes",
                            "/v1/requirements",
                            "/v1/proposals",
                            "/v1/alliances")) {
                assertThat(relay.ask(look).status()).as(look).isEqualTo(200);
            }
            document.fits("Heads", relay.ask("/v1/logs").json());
            document.fits("Head", relay.ask("/v1/logs/registry").json());
            document.fits("Leaf", relay.ask("/v1/logs/registry/entries/0").json());
            document.fits(
                    "Inclusion", relay.ask("/v1/logs/registry/proofs/inclusion?serial=0").json());
            document.fits(
                    "Consistency", relay.ask("/v1/logs/registry/proofs/consistency?from=1").json());
            document.fits("Problem", relay.ask("/v1/logs/nothing").json());
        }
    }
}
