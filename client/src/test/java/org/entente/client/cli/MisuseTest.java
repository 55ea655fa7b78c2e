package org.entente.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.fixture.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Every wrong use ends with 2, says what is wrong, and what to do next.
class MisuseTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    frobnicate                                        | frobnicate
                    org                                               | which command?
                    org init                                          | ORG
                    org init alpha.example                            | --directory
                    org init Alpha --directory d                      | domain name
                    org init alpha.example --directory d --titel x    | --titel
                    org init alpha.example --directory d more         | more
                    org token app-1 --org /nowhere --valid soon       | 90s, 10m, 1h or 7d
                    org token APP --org /nowhere                      | a name has
                    org show --org /nowhere                           | no relay is known
                    org show --relay https://localhost:1              | belong together
                    chain add x --org /nowhere --title t --kind k --genesis 00 | CAIP-2
                    chain add solo:x --org /nowhere --title t --kind k --genesis 00 | 32 bytes
                    require offer --identity /nowhere --chain solo:x --resource /a --purpose p | resource pattern
                    require offer --identity /nowhere --chain solo:x --resource a --purpose p --rate x | --rate
                    alliance draft                                    | one of FILE, --from-matches
                    alliance show 12                                  | 32 bytes
                    alliance sign 00                                  | 32 bytes
                    contract check                                    | FILE
                    contract check /nowhere.json                      | cannot be read
                    contract sign 0000000000000000000000000000000000000000000000000000000000000000 | one of --org DIR, --identity DIR
                    flow pause 0000000000000000000000000000000000000000000000000000000000000000 f | one of --org DIR
                    cert list                                         | one of --org DIR
                    cert list --org a --identity b                    | several given
                    cert revoke --org /nowhere                        | one of --node N
                    cert revoke --org /nowhere --serial 40 --reason bored | key-compromise
                    cert batch --identity /nowhere --alliance 0000000000000000000000000000000000000000000000000000000000000000 --contract c --flows f --count 65 | 1 to 64
                    cert renew --identity /nowhere                    | holds no identity
                    log show nonsense --org /nowhere                  | no log is called
                    enroll --agent https://localhost:1 --ca /nowhere.pem --node n --token t --directory d | cannot be read
                    enroll --agent https://localhost:1 --ca /nowhere.pem --node n --token t --directory d --roles boss | host, endorser, sealer or deliverer
                    """)
    void a_wrong_use_ends_with_2_and_a_helpful_sentence(String line, String words) {
        Terminal.Ended ended = Terminal.run((Object[]) line.split(" +", -1));
        assertThat(ended.exit()).as(ended.all()).isEqualTo(2);
        assertThat(ended.err()).startsWith("wrong: ").contains(words).contains("\nnext: ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_mistyped_command_is_guessed() {
        assertThat(Terminal.run("allianc", "list").err()).contains("did you mean: alliance");
        assertThat(Terminal.run("org", "innit").err()).contains("init");
    }

    @Test
    void with_json_a_wrong_file_is_one_object_on_standard_output() {
        Terminal.Ended ended = Terminal.run("contract", "check", "/nowhere.json", "--json");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out().lines()).hasSize(1);
        assertThat(ended.out()).startsWith("{\"wrong\":{\"detail\":\"/nowhere.json");
    }

    @Test
    void help_is_no_mistake() {
        assertThat(Terminal.run("--help").exit()).isZero();
        assertThat(Terminal.run("org", "--help").out()).contains("init").contains("rotate");
        assertThat(Terminal.run("org", "init", "--help").out())
                .contains("Usage: entente org init")
                .contains("Changes: ")
                .contains("Example: ");
    }

    @Test
    void an_open_password_file_is_refused(@TempDir Path folder) throws IOException {
        Path home = folder.resolve("alpha");
        assertThat(Terminal.run("org", "init", "alpha.example", "--directory", home).exit())
                .isZero();
        Files.setPosixFilePermissions(
                home.resolve("password"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Terminal.Ended ended = Terminal.run("cert", "list", "--org", home);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("chmod 600");
    }
}
