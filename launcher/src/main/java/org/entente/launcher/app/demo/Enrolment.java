package org.entente.launcher.app.demo;

import org.entente.client.Refused;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Something of an organisation makes its key and has the organisation's agent certify it, by EST,
/// with a one-time token.
record Enrolment(Ground ground, Terminal terminal) {

    /// @param node its name in the organisation
    /// @param token what the token is asked for with, beside that
    /// @param directory where key and certificate will lie
    /// @param enrol what it enrols with, beside that
    void enrol(Party party, String node, List<String> token, Path directory, List<String> enrol)
            throws Refused {
        String home = ground.path(party.word()).toString();
        String given =
                run(List.of("org", "token", node, "--org", home), token).path("token").asString();
        run(
                List.of(
                        "enroll",
                        "--agent",
                        ground.agent(party).toString(),
                        "--ca",
                        home + "/generation-1/root/certificate.pem",
                        "--node",
                        node,
                        "--token",
                        given,
                        "--directory",
                        directory.toString()),
                enrol);
    }

    private JsonNode run(List<String> words, List<String> more) throws Refused {
        return terminal.run(Stream.concat(words.stream(), more.stream()).toArray(String[]::new));
    }
}
