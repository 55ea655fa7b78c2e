package org.entente.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// `docs/faults.md` is generated from [Fault]: `-Ddocs=write` writes it, a build without that
/// compares.
class FaultCatalogueTest {
    private static final Path PAGE = Path.of("..", "docs", "faults.md");

    @Test
    void the_page_of_faults_is_the_catalogue() throws IOException {
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/faults.md; run the build with -Ddocs=write to generate it")
                .isEqualTo(page());
    }

    @Test
    void no_number_is_used_twice_and_each_is_found_by_its_number() {
        for (Fault fault : Fault.values()) {
            assertThat(Fault.numbered(fault.number())).contains(fault);
        }
        assertThat(Fault.numbered(0)).isEmpty();
    }

    @Test
    void every_fault_says_whose_it_is_and_what_to_do_next() {
        for (Fault fault : Fault.values()) {
            assertThat(fault.next()).as(fault.name()).endsWith(".");
            assertThat(fault.httpStatus()).isBetween(400, 599);
            assertThat(fault.family()).isNotNull();
            assertThat(fault.isRetryable()).isEqualTo(fault.retry() != Fault.Retry.NEVER);
        }
    }

    private static String page() {
        return "# Faults\n\n"
                + "Every refusal has one of these codes. The HTTP answer is problem+json (RFC"
                + " 9457) with the code,\n"
                + "whether trying again can help, and what to do next. Numbers are never reused;"
                + " a number's hundreds\n"
                + "are its family. This page is generated from the catalogue (`mvn verify"
                + " -Ddocs=write`).\n\n"
                + "- **whose**: SENDER, the one who asked; MEMBER, an organisation of the"
                + " alliance; RELAY, this service;\n"
                + "  NOBODY, the world moved on.\n"
                + "- **again**: NEVER; SAME, the same bytes once more; RENEWED, a new attempt,"
                + " signed anew.\n"
                + Arrays.stream(FaultFamily.values())
                        .map(FaultCatalogueTest::section)
                        .collect(Collectors.joining());
    }

    private static String section(FaultFamily family) {
        String rows =
                Arrays.stream(Fault.values())
                        .filter(fault -> fault.family() == family)
                        .map(FaultCatalogueTest::row)
                        .collect(Collectors.joining());
        return rows.isEmpty()
                ? ""
                : "\n## "
                        + family.name().charAt(0)
                        + family.name().substring(1).toLowerCase(Locale.ROOT)
                        + "\n\n| number | code | HTTP | whose | again | what to do next |\n"
                        + "|---|---|---|---|---|---|\n"
                        + rows;
    }

    private static String row(Fault fault) {
        return "| %d | `%s` | %d | %s | %s | %s |\n"
                .formatted(
                        fault.number(),
                        fault.name(),
                        fault.httpStatus(),
                        fault.blame(),
                        fault.retry(),
                        fault.next());
    }
}
