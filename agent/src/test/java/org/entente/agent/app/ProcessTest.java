package org.entente.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.agent.fixture.AgentChild;
import org.entente.agent.fixture.Organisations;
import org.entente.agent.fixture.Tool;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.protocol.NodeId;
import org.entente.runtime.fixture.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;

/// Starts, ends and crashes of the real process.
class ProcessTest {
    private static final String CURL =
            "curl -sS --cacert root.pem -H 'Content-Type: application/pkcs10' --data-binary @";

    @TempDir Path place;

    @Test
    void the_first_start_says_init_and_only_the_first() throws Exception {
        Organisations.create(place.resolve("alpha"), "alpha.example").close();
        String configuration = AgentChild.configuration(place.resolve("alpha")).toString();

        assertThat(AgentChild.run(place, "--config", configuration))
                .satisfies(said -> assertThat(said.exitCode()).isEqualTo(1))
                .satisfies(said -> assertThat(said.text()).contains("make it with --init"));
        assertThat(AgentChild.run(place, "--init", "--config", configuration).exitCode()).isZero();
        assertThat(AgentChild.run(place, "--init", "--config", configuration))
                .satisfies(said -> assertThat(said.exitCode()).isEqualTo(1))
                .satisfies(said -> assertThat(said.text()).contains("exists already"));
        assertThat(AgentChild.run(place, "--help").text()).contains("Usage: entente agent");
    }

    @Test
    void mistakes_of_the_file_are_told_together() throws Exception {
        Path file = place.resolve("agent.conf");
        Files.writeString(file, "process = relay\nlistne = 127.0.0.1:0\nnode = A\n");

        Child.Said said = AgentChild.run(place, "--config", file.toString());

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.text())
                .contains(
                        "agent.conf:1: process",
                        "did you mean listen?",
                        "agent.conf:3: node",
                        "organisation is missing");
    }

    @Test
    void one_agent_works_from_one_directory() throws Exception {
        Organisations.create(place.resolve("alpha"), "alpha.example").close();
        Path configuration = AgentChild.configuration(place.resolve("alpha"));
        AgentChild.run(place, "--init", "--config", configuration.toString());
        try (Child agent = AgentChild.start(configuration)) {
            assertThat(AgentChild.run(place, "--config", configuration.toString()))
                    .satisfies(said -> assertThat(said.exitCode()).isEqualTo(1))
                    .satisfies(said -> assertThat(said.text()).contains("another agent"));
            assertThat(agent.stop()).as(agent.log()).isZero();
        }
        AgentChild.start(configuration).close();
    }

    /// What has happened for certain when the process is killed.
    private enum Crash {
        CLIENT_STARTED,
        LEDGER_WRITTEN,
        CLIENT_ANSWERED
    }

    /// Killed between a token's use and the answer, the token may be burnt; it never gives two
    /// certificates.
    @Test
    void a_killed_agent_never_takes_a_token_twice() throws Exception {
        Tool tool = new Tool(place);
        try (OrganisationDirectory organisation =
                Organisations.create(place.resolve("alpha"), "alpha.example")) {
            Path configuration = AgentChild.configuration(place.resolve("alpha"));
            AgentChild.run(place, "--init", "--config", configuration.toString());
            for (String key : new String[] {"one", "other"}) {
                tool.shell(
                        "openssl ecparam -name prime256v1 -genkey -noout -out "
                                + key
                                + ".key && openssl req -new -key "
                                + key
                                + ".key -subj /CN=node-1 -outform DER | openssl base64 -out "
                                + key
                                + ".b64");
            }
            Child agent = AgentChild.start(configuration);
            try {
                for (Crash crash : Crash.values()) {
                    String token = token(organisation);
                    boolean first = killed(agent, token, crash);
                    agent = AgentChild.start(configuration);
                    boolean second = tool.shell(command("other", token, agent)).contains(" 200");
                    assertThat(first && second).as("both, killed at " + crash).isFalse();
                    assertThat(first || crash != Crash.CLIENT_ANSWERED).isTrue();
                }
            } finally {
                agent.close();
            }
        }
    }

    private static String token(OrganisationDirectory organisation) throws Exception {
        return organisation
                .authority(Organisations.RANDOM)
                .invite(
                        NodeId.parse("spiffe://alpha.example/node/node-1"),
                        new TreeSet<>(),
                        Duration.ofHours(1),
                        Instant.now())
                .orThrow()
                .token();
    }

    /// Whether the client had its certificate when the agent was killed.
    private boolean killed(Child agent, String token, Crash crash) throws Exception {
        Path ledger = place.resolve("alpha/ledger");
        long before = Files.size(ledger);
        Process curl =
                new ProcessBuilder("bash", "-c", command("one", token, agent))
                        .directory(place.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(place.resolve("answer").toFile())
                        .start();
        switch (crash) {
            case CLIENT_STARTED -> {}
            case LEDGER_WRITTEN -> {
                while (curl.isAlive() && Files.size(ledger) == before) {
                    Thread.onSpinWait();
                }
                assertThat(Files.size(ledger)).isGreaterThan(before);
            }
            case CLIENT_ANSWERED -> curl.waitFor();
        }
        agent.kill();
        curl.waitFor();
        return Files.readString(place.resolve("answer")).contains(" 200");
    }

    private static String command(String key, String token, Child agent) {
        return CURL
                + key
                + ".b64 -i -u node-1:"
                + token
                + " "
                + agent.url("/.well-known/est/simpleenroll");
    }

    @Test
    void a_rotation_is_noticed_while_it_runs_and_both_generations_enrol() throws Exception {
        Tool tool = new Tool(place);
        try (OrganisationDirectory organisation =
                Organisations.create(place.resolve("alpha"), "alpha.example")) {
            Path configuration =
                    AgentChild.configuration(place.resolve("alpha"), "rotationOverlap = 1d");
            AgentChild.run(place, "--init", "--config", configuration.toString());
            try (Child agent = AgentChild.start(configuration)) {
                String identity = place.resolve("alpha/agents/agent-1").toString();
                organisation.activate(
                        organisation.prepareRotation(Organisations.RANDOM, Instant.now()));
                assertThat(eventually(tool, agent)).contains("root 2", "root 1");
                tool.shell(
                        "openssl pkcs12 -legacy -in "
                                + identity
                                + "/key.p12 -passin file:"
                                + identity
                                + "/password -nodes -nocerts -out agent.key 2>/dev/null || openssl"
                                + " pkcs12 -in "
                                + identity
                                + "/key.p12 -passin file:"
                                + identity
                                + "/password -nodes -nocerts -out agent.key");
                tool.shell(
                        "openssl req -new -key agent.key -subj /CN=agent-1 -outform DER | openssl"
                                + " base64 -out agent.b64");

                assertThat(
                                tool.shell(
                                        "curl -sSf --cacert root.pem --cert "
                                                + identity
                                                + "/certificate.pem --key agent.key -H"
                                                + " 'Content-Type: application/pkcs10'"
                                                + " --data-binary @agent.b64 "
                                                + agent.url("/.well-known/est/simplereenroll")
                                                + " | openssl base64 -d | openssl pkcs7 -inform DER"
                                                + " -print_certs"))
                        .contains("enrolment CA 2");
            }
        }
    }

    private String eventually(Tool tool, Child agent) throws Exception {
        String names = "";
        for (int attempt = 0; attempt < 100 && !names.contains("root 2"); attempt++) {
            names =
                    tool.shell(
                            "curl -sSf --cacert root.pem "
                                    + agent.url("/.well-known/est/cacerts")
                                    + " | openssl base64 -d | openssl pkcs7 -inform DER"
                                    + " -print_certs");
        }
        return names;
    }
}
