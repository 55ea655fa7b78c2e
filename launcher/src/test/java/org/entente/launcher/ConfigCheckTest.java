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
                .satisfies(
                        ended -> assertThat(ended.err()).contains("there are relay, agent, solo"));
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
