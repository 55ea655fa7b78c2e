package org.entente.certs.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.certs.fixture.Organisation;
import org.entente.certs.issue.Ledger;
import org.entente.certs.issue.LedgerEntry;
import org.entente.certs.issue.LedgerFormat;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class FileLedgerTest {
    private static final NodeId NODE =
            new NodeId(new OrganisationId("alpha.example"), new Name("node-1"));
    private static final int SECTOR = 512;

    @TempDir private Path directory;

    private Path ledgerWith(int tokens) throws Exception {
        Path file = directory.resolve("ledger");
        try (FileLedger ledger = FileLedger.create(file)) {
            for (int number = 0; number < tokens; number++) {
                issue(ledger, TokenSpender.token(number));
            }
        }
        return file;
    }

    private static void issue(Ledger ledger, Digest token) throws LedgerUnavailable {
        LedgerEntry entry = new LedgerEntry.TokenIssued(token, NODE, NO_HOSTS, NOW);
        ledger.decide(_ -> Parsed.of(new Ledger.Decision<>(token, List.of(entry)))).orThrow();
    }

    private static List<LedgerEntry> entries(Path file) throws IOException, LedgerUnavailable {
        List<LedgerEntry> entries = new ArrayList<>();
        try (FileLedger ledger = FileLedger.open(file)) {
            ledger.entries(entries::add);
        }
        return entries;
    }

    @Test
    void a_missing_ledger_is_an_error_and_no_fresh_start() {
        assertThatThrownBy(() -> FileLedger.open(directory.resolve("ledger")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void everything_the_ca_does_comes_back_after_a_restart() throws Exception {
        Path file = directory.resolve("ledger");
        Certificate asking;
        Organisation alpha;
        try (FileLedger ledger = FileLedger.create(file)) {
            alpha = new Organisation("alpha.example", ledger);
            Certificate node = alpha.enrol("node-1", freshSigner());
            asking = alpha.batch(node, grant("orders", "buyer"), 64, NOW).get(40);
            Revocation name = alpha.withdrawals().named(asking.serialNumber()).orElseThrow();
            alpha.withdrawals().open(name, Digest.ZERO, NOW).orThrow();
            alpha.withdrawals().revoke(name, NOW).orThrow();
            alpha.withdrawals().lists(NOW);
        }
        List<LedgerEntry> entries = entries(file);
        assertThat(entries).hasSize(9);
        for (LedgerEntry entry : entries) {
            assertThat(LedgerFormat.FORMAT.decode(LedgerFormat.FORMAT.encode(entry)).orThrow())
                    .isEqualTo(entry);
        }
        Revocation name =
                new Revocation(alpha.authorities().transaction().digest(), asking.serialNumber());
        try (FileLedger ledger = FileLedger.open(file)) {
            assertThat(ledger.issued(name).orElseThrow().holder()).isEqualTo(alpha.node("node-1"));
            assertThat(ledger.decide(state -> decided(state.isRevoked(name))).orThrow()).isTrue();
        }
    }

    private static <T> Parsed<Ledger.Decision<T>> decided(T answer) {
        return Parsed.of(new Ledger.Decision<>(answer, List.of()));
    }

    @Test
    void a_crash_at_every_byte_of_the_last_record_loses_only_that_record() throws Exception {
        Path file = ledgerWith(3);
        byte[] whole = Files.readAllBytes(file);
        int record = whole.length / 3;
        for (int cut = 2 * record; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (FileLedger ledger = FileLedger.open(file)) {
                issue(ledger, TokenSpender.token(7));
            }
            assertThat(entries(file)).as("cut at " + cut).hasSize(3);
        }
    }

    @Test
    void a_tail_of_zeros_is_cut_off() throws Exception {
        Path file = ledgerWith(2);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 300));
        try (FileLedger ledger = FileLedger.open(file)) {
            issue(ledger, TokenSpender.token(7));
        }
        assertThat(entries(file)).hasSize(3);
    }

    @Test
    void a_last_record_whose_sectors_did_not_all_arrive_is_cut_off() throws Exception {
        Path file = ledgerWith(2);
        int before = (int) Files.size(file);
        byte[] whole = withLarge(file);
        int sector = before / SECTOR + 1;
        assertThat(sector * SECTOR).isLessThan(whole.length);
        for (int at = sector * SECTOR; at < whole.length; at += SECTOR) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, at, torn.length, (byte) 0);
            Files.write(file, torn);
            try (FileLedger ledger = FileLedger.open(file)) {
                issue(ledger, TokenSpender.token(7));
            }
            assertThat(entries(file)).as("zeros from " + at).hasSize(3);
        }
    }

    @Test
    void zeros_with_something_behind_them_are_damage() throws Exception {
        Path file = ledgerWith(2);
        int sector = (int) Files.size(file) / SECTOR + 1;
        byte[] damaged = withLarge(file);
        Arrays.fill(damaged, sector * SECTOR, damaged.length - 1, (byte) 0);
        damaged[damaged.length - 1] = 1;
        Files.write(file, damaged);
        try (FileLedger ledger = FileLedger.open(file)) {
            assertThatThrownBy(() -> issue(ledger, TokenSpender.token(7)))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("is damaged at byte");
        }
    }

    /// With a last record of several sectors.
    private static byte[] withLarge(Path file) throws Exception {
        byte[] serial = new byte[16];
        Arrays.fill(serial, (byte) 7);
        LedgerEntry large =
                new LedgerEntry.BatchIssued(
                        Digest.ZERO, NODE, NOW, Collections.nCopies(64, Bytes.copyOf(serial)));
        try (FileLedger ledger = FileLedger.open(file)) {
            ledger.decide(_ -> Parsed.of(new Ledger.Decision<>("", List.of(large)))).orThrow();
        }
        return Files.readAllBytes(file);
    }

    /// An interrupt is the failed write that a test can bring about: it closes the channel.
    @Test
    void after_a_failed_write_the_next_decision_reads_the_file_anew() throws Exception {
        Path file = ledgerWith(2);
        LedgerEntry entry = new LedgerEntry.TokenIssued(TokenSpender.token(2), NODE, NO_HOSTS, NOW);
        FileLedger ledger = FileLedger.open(file);
        try (ledger) {
            assertThat(TokenSpender.spend(ledger, TokenSpender.token(0)).verdict().isAccepted())
                    .isTrue();
            assertThatThrownBy(() ->
                            ledger.decide(_ -> {
                                Thread.currentThread().interrupt();
                                return Parsed.of(new Ledger.Decision<>("", List.of(entry)));
                            }))
                    .isInstanceOf(LedgerUnavailable.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(TokenSpender.spend(ledger, TokenSpender.token(1)).verdict().isAccepted())
                    .isTrue();
            assertThat(TokenSpender.spend(ledger, TokenSpender.token(0)).verdict().isAccepted())
                    .isFalse();
        }
        assertThatThrownBy(() -> issue(ledger, TokenSpender.token(3)))
                .isInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void a_flipped_bit_anywhere_is_named_and_stops_the_ca() throws Exception {
        Path file = ledgerWith(3);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit += 5) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, flipped);
            try (FileLedger ledger = FileLedger.open(file)) {
                assertThatThrownBy(() -> issue(ledger, TokenSpender.token(7)))
                        .isInstanceOf(LedgerUnavailable.class)
                        .hasMessageContaining("is damaged at byte");
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(flipped);
        }
    }

    @Test
    void a_ledger_that_became_shorter_stops_the_ca() throws Exception {
        Path file = ledgerWith(3);
        try (FileLedger ledger = FileLedger.open(file)) {
            issue(ledger, TokenSpender.token(3));
            Files.write(file, new byte[0]);
            assertThatThrownBy(() -> issue(ledger, TokenSpender.token(4)))
                    .isInstanceOf(LedgerUnavailable.class)
                    .hasMessageContaining("shorter");
        }
    }

    @Test
    void a_ledger_past_one_read_comes_back_whole() throws Exception {
        Path file = directory.resolve("ledger");
        LedgerEntry large =
                new LedgerEntry.BatchIssued(
                        Digest.ZERO,
                        NODE,
                        NOW,
                        Collections.nCopies(64, Bytes.copyOf(new byte[16])));
        try (FileLedger ledger = FileLedger.create(file)) {
            List<LedgerEntry> many = Collections.nCopies(200, large);
            for (int round = 0; round < 10; round++) {
                ledger.decide(_ -> Parsed.of(new Ledger.Decision<>("", many))).orThrow();
            }
        }
        assertThat(Files.size(file)).isGreaterThan(2 * 1024 * 1024);
        assertThat(entries(file)).hasSize(2000);
    }

    @Test
    void each_token_is_spent_once_by_many_threads() throws Exception {
        int tokens = 20;
        Path file = ledgerWith(tokens);
        try (FileLedger ledger = FileLedger.open(file);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int index = 0; index < tokens * 8; index++) {
                Digest token = TokenSpender.token(index % tokens);
                tasks.add(() -> TokenSpender.spend(ledger, token).verdict().isAccepted());
            }
            int spent = 0;
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                spent += task.get() ? 1 : 0;
            }
            assertThat(spent).isEqualTo(tokens);
        }
        assertThat(entries(file)).hasSize(2 * tokens);
    }

    @Test
    void each_token_is_spent_once_by_several_processes() throws Exception {
        int tokens = 100;
        Path file = ledgerWith(tokens);
        List<Process> processes = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            processes.add(spender(file, tokens));
        }
        List<String> spent = new ArrayList<>();
        for (Process process : processes) {
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(spent::add);
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(spent).hasSize(tokens).doesNotHaveDuplicates();
        assertThat(entries(file)).hasSize(2 * tokens);
    }

    private static Process spender(Path file, int tokens) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenSpender.class.getName(),
                        file.toString(),
                        Integer.toString(tokens))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void a_killed_process_leaves_every_printed_token_spent() throws Exception {
        int tokens = 4000;
        Path file = ledgerWith(tokens);
        Process process = spender(file, tokens);
        List<String> spent = new ArrayList<>();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int count = 0; count < 50; count++) {
                spent.add(output.readLine());
            }
        }
        process.destroyForcibly();
        process.waitFor();
        try (FileLedger ledger = FileLedger.open(file)) {
            for (String number : spent) {
                Digest token = TokenSpender.token(Integer.parseInt(number));
                assertThat(TokenSpender.spend(ledger, token).verdict().isAccepted()).isFalse();
            }
            Digest last = TokenSpender.token(tokens - 1);
            assertThat(TokenSpender.spend(ledger, last).verdict().isAccepted())
                    .as("the process was killed before its end")
                    .isTrue();
        }
    }

    @Test
    void two_instances_in_one_process_do_not_pass_unnoticed() throws Exception {
        Path file = ledgerWith(1);
        try (FileLedger one = FileLedger.open(file);
                FileLedger other = FileLedger.open(file)) {
            Digest token = TokenSpender.token(0);
            assertThatThrownBy(() ->
                            one.decide(_ -> {
                                nested(other, token);
                                return decided(token);
                            }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("open twice");
        }
    }

    private static void nested(FileLedger ledger, Digest token) {
        try {
            TokenSpender.spend(ledger, token);
        } catch (LedgerUnavailable e) {
            throw new AssertionError(e);
        }
    }
}
