package org.entente.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.launcher.fixture.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `config check` on files of every process.
class ConfigCheckTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("entente.conf");
    }

    private Terminal.Ended check(String text, Object... more) throws IOException {
        Files.writeString(file, text);
        Object[] words = new Object[3 + more.length];
        words[0] = "config";
        words[1] = "check";
        words[2] = file;
        System.arraycopy(more, 0, words, 3, more.length);
        return Terminal.run(Main::program, words);
    }

    private static String relay(String listen) {
        return "process = relay\nlisten = "
                + listen
                + "\naddress = https://relay.example:8443\ndirectory = relay\n";
    }

    private static final String AGENT =
            "process = agent\nlisten = 127.0.0.1:0\norganisation = alpha\nnode = agent-1\n";

    @Test
    void a_good_file_of_each_process_is_said_to_be_good() throws Exception {
        assertThat(check(relay("127.0.0.1:0")))
                .satisfies(ended -> assertThat(ended.exit()).isZero())
                .satisfies(ended -> assertThat(ended.out()).contains("a good configuration"))
                .satisfies(ended -> assertThat(ended.out()).contains("process relay"));
        assertThat(check(AGENT))
                .satisfies(ended -> assertThat(ended.exit()).isZero())
                .satisfies(ended -> assertThat(ended.out()).contains("process agent"));
    }

    private static String node(String process, String chain, String... more) {
        return """
        process = %s
        listen = 127.0.0.1:0
        directory = node
        chain = %s
        %s
        """
                .formatted(process, chain, String.join("\n", more));
    }

    private static final String PEERS = "peers.listen = 127.0.0.1:0";
    private static final String MEMBERS = "members = genesis.members";
    private static final String POR = node("por", "por:harbour", PEERS);
    private static final String INDUSTRIAL =
            node("industrial", "icb:harbour", PEERS, MEMBERS, "data.reserve = 1GiB");

    /// The base point of P-256.
    private static final String OWNER =
            "owner = 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    @Test
    void a_good_file_of_a_node_of_each_chain_is_said_to_be_good() throws Exception {
        for (String file : List.of(node("solo", "solo:harbour", OWNER), POR, INDUSTRIAL)) {
            Terminal.Ended ended = check(file);
            assertThat(ended.exit()).isZero();
            assertThat(ended.out())
                    .contains(
                            "a good configuration of the "
                                    + file.lines().findFirst().orElseThrow().replace("= ", ""));
        }
    }

    @Test
    void all_mistakes_of_a_nodes_file_are_named_together() throws Exception {
        Terminal.Ended por =
                check(node("por", "nameless", "miner.rest = 101", "members = x", "hosts = a b"));
        assertThat(por.exit()).isEqualTo(1);
        assertThat(por.out())
                .contains(
                        "entente.conf:4: chain",
                        "entente.conf:5: miner.rest",
                        "entente.conf:6: unknown key members",
                        "peers.listen is missing");
        Terminal.Ended industrial =
                check(node("industrial", "icb:harbour", "resend = never", "miner.rest = 1"));
        assertThat(industrial.exit()).isEqualTo(1);
        assertThat(industrial.out())
                .contains(
                        "entente.conf:5: resend",
                        "entente.conf:6: unknown key miner.rest",
                        "peers.listen is missing",
                        "members is missing");
    }

    @Test
    void a_node_of_a_chain_of_another_consensus_is_a_mistake() throws Exception {
        assertThat(check(node("por", "icb:harbour", PEERS)))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.out()).contains("named por:…"));
        assertThat(check(node("industrial", "por:harbour", PEERS, MEMBERS)))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.out()).contains("named icb:…"));
    }

    @Test
    void a_live_check_of_a_node_looks_at_its_directory_its_files_and_both_addresses()
            throws Exception {
        assertThat(check(POR, "--live"))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.out()).contains("entente chain por keys"));
        Files.createDirectory(folder.resolve("node"));
        assertThat(check(POR, "--live"))
                .satisfies(ended -> assertThat(ended.exit()).isZero())
                .satisfies(ended -> assertThat(ended.out()).contains("ok    directory"));
        assertThat(check(INDUSTRIAL, "--live"))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.out()).contains("fail  members"));
        Files.writeString(folder.resolve("genesis.members"), "");
        assertThat(check(INDUSTRIAL, "--live").exit()).isZero();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String peers = "peers.listen = 127.0.0.1:" + taken.getLocalPort();
            assertThat(check(POR.replace(PEERS, peers), "--live"))
                    .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                    .satisfies(ended -> assertThat(ended.out()).contains("fail  listen"));
        }
    }

    @Test
    void all_mistakes_of_a_relays_file_are_named_together() throws Exception {
        Terminal.Ended ended =
                check(
                        """
                        process = relay
                        listne = 127.0.0.1:0
                        address = http://x
                        http.slots = 0
                        http.queue = many
                        log.format = xml
                        """);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .contains(
                        "entente.conf:2: unknown key listne",
                        "did you mean listen?",
                        "entente.conf:3: address",
                        "entente.conf:4: http.slots",
                        "entente.conf:5: http.queue",
                        "entente.conf:6: log.format",
                        "listen is missing",
                        "directory is missing");
        assertThat(ended.err()).contains("refused: INVALID_VALUE 7 mistakes");
    }

    @Test
    void all_mistakes_of_an_agents_file_are_named_together() throws Exception {
        Terminal.Ended ended =
                check(
                        """
                        process = agent
                        listen = nowhere
                        node = No Name
                        hosts = a b
                        roles = king
                        rotationOverlap = 7
                        http.slots = 0
                        """);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .contains(
                        "entente.conf:2: listen",
                        "entente.conf:3: node",
                        "entente.conf:4: hosts",
                        "entente.conf:5: roles",
                        "entente.conf:6: rotationOverlap",
                        "entente.conf:7: http.slots",
                        "organisation is missing");
        assertThat(ended.err()).contains("refused: INVALID_VALUE 7 mistakes");
    }

    @Test
    void mistakes_are_one_json_object_when_asked() throws Exception {
        Terminal.Ended ended = check("process = relay\n", "--json");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out().lines()).hasSize(1);
        assertThat(ended.out()).startsWith("{").contains("\"mistakes\"", "listen is missing");
    }

    @Test
    void a_file_of_no_process_or_none_at_all_is_wrong_use() throws Exception {
        assertThat(check("listen = 127.0.0.1:0\n"))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(2))
                .satisfies(ended ->
                        assertThat(ended.err())
                                .contains("there are relay, agent, solo, por, industrial"));
        assertThat(Terminal.run(Main::program, "config", "check", folder.resolve("none")).exit())
                .isEqualTo(2);
        assertThat(Terminal.run(Main::program, "config", "check").exit()).isEqualTo(2);
    }

    @Test
    void a_live_check_looks_at_directory_and_address() throws Exception {
        assertThat(check(relay("127.0.0.1:0"), "--live"))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.out()).contains("there is no directory"));
        Files.createDirectory(folder.resolve("relay"));
        assertThat(check(relay("127.0.0.1:0"), "--live"))
                .satisfies(ended -> assertThat(ended.exit()).isZero())
                .satisfies(ended -> assertThat(ended.out()).contains("ok    directory"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(check(relay("127.0.0.1:" + taken.getLocalPort()), "--live"))
                    .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
                    .satisfies(ended -> assertThat(ended.out()).contains("fail  listen"));
        }
    }
}
