package org.entente.trials.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The arrows between rooms: whatever is not listed here fails the build.
class ArrowsTest {
    private static final JavaClasses CLASSES = Rooms.production();

    /// Room → the rooms it may use. `runtime` is for the shell packages of a room alone.
    private static final Map<String, List<String>> ARROWS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("compiler", List.of()),
                            Map.entry("protocol", List.of()),
                            Map.entry("certs", List.of("protocol")),
                            Map.entry("runtime", List.of("protocol")),
                            Map.entry("registry", List.of("protocol", "certs")),
                            Map.entry("endorsement", List.of("protocol", "certs", "registry")),
                            Map.entry("light", List.of("protocol", "certs")),
                            Map.entry(
                                    "chain",
                                    List.of(
                                            "protocol",
                                            "certs",
                                            "registry",
                                            "endorsement",
                                            "light")),
                            Map.entry(
                                    "adapter",
                                    List.of(
                                            "protocol",
                                            "certs",
                                            "registry",
                                            "endorsement",
                                            "light")),
                            Map.entry(
                                    "relay",
                                    List.of("protocol", "certs", "registry", "endorsement")),
                            Map.entry(
                                    "agent",
                                    List.of(
                                            "protocol",
                                            "certs",
                                            "registry",
                                            "endorsement",
                                            "adapter")),
                            Map.entry(
                                    "client",
                                    List.of("protocol", "certs", "registry", "endorsement")),
                            Map.entry(
                                    "launcher",
                                    List.of(
                                            "protocol",
                                            "certs",
                                            "registry",
                                            "endorsement",
                                            "chain",
                                            "relay",
                                            "agent",
                                            "client"))));

    @TestFactory
    Stream<DynamicTest> a_room_uses_only_the_rooms_its_arrows_point_to() {
        return ARROWS.entrySet().stream()
                .map(arrow ->
                        DynamicTest.dynamicTest(
                                arrow.getKey(), () -> check(arrow.getKey(), arrow.getValue())));
    }

    @Test
    void every_class_stands_in_a_room() {
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(ARROWS.keySet().stream(), Stream.of("trials"))
                                .map(ArrowsTest::packages)
                                .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void only_http_worker_and_app_use_the_runtime() {
        String[] allowed =
                Stream.concat(
                                Stream.of("org.entente.runtime..", "org.entente.trials.."),
                                Rooms.SHELL.stream()
                                        .flatMap(name ->
                                                Stream.of(
                                                        "org.entente.*." + name + "..",
                                                        "org.entente.chain.*." + name + "..",
                                                        "org.entente.adapter.*." + name + "..")))
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.entente.runtime..")
                .check(CLASSES);
    }

    @Test
    void vertx_stays_inside_the_runtime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.entente.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_circle() {
        slices().matching("org.entente.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static void check(String room, List<String> arrows) {
        List<String> allowed =
                Stream.concat(Stream.of(room, "runtime"), arrows.stream())
                        .map(ArrowsTest::root)
                        .toList();
        noClasses()
                .that()
                .resideInAPackage(packages(room))
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "stand in a room that no arrow of " + room + " points to",
                                (JavaClass target) ->
                                        target.getPackageName().startsWith("org.entente.")
                                                && allowed.stream()
                                                        .noneMatch(root ->
                                                                within(
                                                                        target.getPackageName(),
                                                                        root))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static boolean within(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    private static String root(String room) {
        return "org.entente." + room;
    }

    private static String packages(String room) {
        return root(room) + "..";
    }
}
