package org.entente.trials.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// The cores see no time, no chance, no I/O, and nothing whose order changes from start to start.
class PurityTest {
    private static final JavaClasses CLASSES = Rooms.production();
    private static final String[] PURE = Rooms.PURE.toArray(String[]::new);

    @Test
    void a_core_touches_nothing_outside() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.util.concurrent..",
                        "java.sql..",
                        "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void a_core_is_told_the_time_and_the_chance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @Test
    void what_a_core_iterates_has_one_order() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(HashMap.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(HashSet.class)
                .orShould()
                .callMethodWhere(
                        com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                com.tngtech.archunit.base.DescribedPredicate.describe(
                                        "Set.of, Map.of or a copy of one",
                                        target ->
                                                (target.getOwner().isEquivalentTo(Set.class)
                                                                || target.getOwner()
                                                                        .isEquivalentTo(Map.class))
                                                        && (target.getName().equals("of")
                                                                || target.getName()
                                                                        .equals("ofEntries")
                                                                || target.getName()
                                                                        .equals("copyOf")))))
                .check(CLASSES);
    }
}
