package org.entente.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Parsed;
import org.entente.runtime.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A configuration is read whole or refused with all its mistakes.
final class SettingsTest {
    private enum Provider {
        FASTEST,
        PORTABLE_ONLY
    }

    private record Everything(
            Address listen,
            Duration queueTime,
            long size,
            int slots,
            Path key,
            Provider provider,
            List<String> peers) {
        Everything {
            if (slots > 10 && size < 1_024) {
                throw new IllegalArgumentException("many slots need a larger size");
            }
        }
    }

    private static Configured<Everything> read(String text) {
        Settings settings = Settings.parse(text, "relay.conf", Path.of("/etc/entente"));
        Setting<Address> listen = settings.address("listen");
        Setting<Duration> wait =
                settings.duration("queueTimeMax", Duration.ofMillis(1), Duration.ofHours(1))
                        .orElse(Duration.ofSeconds(5));
        Setting<Long> size = settings.size("bodySizeMax", 1, 1L << 30);
        Setting<Integer> slots = settings.whole("slots", 1, 1_000).orElse(8);
        Setting<Path> key = settings.path("keyFile");
        Setting<Provider> provider =
                settings.choice("crypto.provider", Provider.class).orElse(Provider.FASTEST);
        Setting<List<String>> peers = settings.list("peers", Parsed::of).orElse(List.of());
        return settings.finish(() ->
                new Everything(
                        listen.value(),
                        wait.value(),
                        size.value(),
                        slots.value(),
                        key.value(),
                        provider.value(),
                        peers.value()));
    }

    private static List<String> problems(String text) {
        return switch (read(text)) {
            case Configured.Ready<Everything>(Everything value) ->
                    throw new AssertionError("accepted: " + value);
            case Configured.Faulty<Everything>(ConfigurationProblems problems) ->
                    problems.describe().lines().toList();
        };
    }

    @Test
    void a_correct_file_gives_typed_values() throws Exception {
        Everything value =
                read("""
                # where clients come in
                listen = 127.0.0.1:8443
                queueTimeMax=500ms
                bodySizeMax = 2MiB
                keyFile = keys/relay.p12
                crypto.provider = portable-only
                peers = a, b
                """)
                        .orRefuse();
        assertThat(value)
                .isEqualTo(
                        new Everything(
                                new Address("127.0.0.1", 8_443),
                                Duration.ofMillis(500),
                                2 << 20,
                                8,
                                Path.of("/etc/entente/keys/relay.p12"),
                                Provider.PORTABLE_ONLY,
                                List.of("a", "b")));
    }

    @Test
    void seven_mistakes_are_reported_together_each_with_its_line() {
        assertThat(
                        problems(
                                """
                                listen = 127.0.0.1
                                queueTimeMax = 2h
                                quueTimeMax = 5s
                                slots = 4
                                slots = 5
                                crypto.provider = quickest
                                nonsense
                                bodySizeMax = 1MB
                                """))
                .containsExactly(
                        "relay.conf:1: listen: not host:port: '127.0.0.1'",
                        "relay.conf:2: queueTimeMax: 2h is not between 1ms and 1h",
                        "relay.conf:3: unknown key quueTimeMax, did you mean queueTimeMax?",
                        "relay.conf:5: slots was already set in line 4",
                        "relay.conf:6: crypto.provider: none of [fastest, portable-only]: quickest",
                        "relay.conf:7: not of the form key = value",
                        "relay.conf:8: bodySizeMax: no size such as 512, 16KiB, 1MiB, 2GiB: '1MB'",
                        "relay.conf: keyFile is missing");
    }

    @Test
    void what_the_record_refuses_is_a_mistake_of_the_file() {
        assertThat(problems("listen=h:1\nbodySizeMax=1\nkeyFile=k\nslots=11"))
                .containsExactly("relay.conf: many slots need a larger size");
    }

    @Test
    void an_unknown_key_without_a_near_one_gets_no_suggestion() {
        assertThat(problems("listen=h:1\nbodySizeMax=1\nkeyFile=k\nzzzzzzzz=11"))
                .containsExactly("relay.conf:4: unknown key zzzzzzzz");
    }

    @Test
    void a_process_does_not_start_with_mistakes() {
        assertThatThrownBy(() -> read("listen = x").orRefuse())
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("3 mistakes in the configuration\nrelay.conf:1: listen");
    }

    @Test
    void addresses_are_host_and_port() {
        assertThat(Address.parse("[::1]:80").orThrow()).hasToString("[::1]:80");
        assertThat(Address.parse("relay.example.com:8443").orThrow().port()).isEqualTo(8_443);
        for (String wrong :
                List.of("", ":1", "h:", "h:70000", "::1:80", "[h]:80", "h:-1", "a b:1")) {
            assertThat(Address.parse(wrong).verdict().isAccepted()).as(wrong).isFalse();
        }
    }

    @Test
    void a_file_that_cannot_be_read_says_why(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> SettingsFile.read(directory.resolve("none.conf")))
                .hasMessageContaining("there is no file");
        Path binary = Files.write(directory.resolve("binary.conf"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> SettingsFile.read(binary)).hasMessageContaining("not UTF-8");
        Path good = Files.writeString(directory.resolve("good.conf"), "keyFile = k\n");
        Settings settings = SettingsFile.read(good);
        Setting<Path> key = settings.path("keyFile");
        assertThat(settings.finish(key::value).orRefuse()).isEqualTo(directory.resolve("k"));
    }
}
