package org.entente.trials.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `docs/threat-model.md` names a test for each threat and `docs/chains/por.md` for each fault:
/// each of them exists.
class ThreatModelTest {
    private static final List<String> PAGES = List.of("docs/threat-model.md", "docs/chains/por.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final int NAMED_MIN = 40;

    @Test
    void every_test_that_the_pages_name_exists() throws IOException {
        Map<String, String> tests = sources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        StringBuilder pages = new StringBuilder();
        for (String page : PAGES) {
            pages.append(Files.readString(Rooms.ROOT.resolve(page)));
        }
        Matcher matcher = NAMED.matcher(pages);
        while (matcher.find()) {
            named++;
            String source = tests.getOrDefault(matcher.group(1), "");
            String method = matcher.group(2) == null ? "class " : " " + matcher.group(2) + "(";
            if (!source.contains(method)) {
                missing.add(matcher.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(NAMED_MIN);
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Rooms.ROOT)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java"))
                            .filter(each -> each.toString().contains("src/test"))
                            .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), String::concat);
            }
        }
        return sources;
    }
}
