package org.entente.trials.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;

import org.entente.protocol.Fault;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every door has its sign, every name is one the house uses, every fault is used.
class SignsTest {
    @Test
    void every_package_has_a_sign_on_its_door() throws IOException {
        List<String> missing =
                sourceFolders().stream()
                        .filter(folder -> !hasSign(folder.resolve("package-info.java")))
                        .map(folder -> Rooms.ROOT.relativize(folder).toString())
                        .toList();
        assertThat(missing).as("packages without a `///` sign in package-info.java").isEmpty();
    }

    @Test
    void no_class_has_a_name_that_says_nothing() {
        List<String> names =
                Rooms.production().stream()
                        .map(type -> type.getSimpleName())
                        .filter(name ->
                                name.matches(
                                        ".*(Impl|Manager|Utils?|Helper|Processor|Wrapper|DTO)"
                                                + "|Abstract.*|I[A-Z][a-z].*"))
                        .toList();
        assertThat(names).isEmpty();
    }

    @Test
    void every_fault_of_the_catalogue_is_used() {
        JavaClasses classes = Rooms.production();
        Set<String> used =
                classes.get(Fault.class).getFieldAccessesToSelf().stream()
                        .filter(access -> !access.getOriginOwner().isEquivalentTo(Fault.class))
                        .map(JavaFieldAccess::getTarget)
                        .map(target -> target.getName())
                        .collect(Collectors.toSet());
        assertThat(Arrays.stream(Fault.values()).map(Fault::name).filter(f -> !used.contains(f)))
                .as("faults that nothing raises")
                .isEmpty();
    }

    private static List<Path> sourceFolders() throws IOException {
        try (Stream<Path> paths = Files.walk(Rooms.ROOT)) {
            return paths.filter(path -> path.toString().contains("/src/main/java/"))
                    .filter(path -> path.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasSign(Path sign) {
        try {
            return Files.exists(sign)
                    && Files.readString(sign).startsWith("///")
                    && Files.readString(sign).contains("@NullMarked");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
