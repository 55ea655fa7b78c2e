package org.entente.trials.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.nio.file.Path;
import java.util.List;

/// What the tests of the architecture look at: the classes and the sources of every room.
final class Rooms {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// Packages that decide: no sub-package of theirs that touches the outside is listed here.
    static final List<String> PURE =
            List.of(
                    "org.entente.protocol..",
                    "org.entente.certs",
                    "org.entente.registry",
                    "org.entente.registry.contract..",
                    "org.entente.registry.payload..",
                    "org.entente.registry.policy..",
                    "org.entente.endorsement",
                    "org.entente.relay",
                    "org.entente.light..",
                    "org.entente.chain",
                    "org.entente.chain.por",
                    "org.entente.chain.industrial",
                    "org.entente.chain.industrial.data..",
                    "org.entente.chain.industrial.register..",
                    "org.entente.chain.state..",
                    "org.entente.chain.inbox..",
                    "org.entente.chain.execution..",
                    "org.entente.chain.call..",
                    "org.entente.chain.pact..",
                    "org.entente.chain.contract..",
                    "org.entente.agent",
                    "org.entente.adapter",
                    "org.entente.adapter.own");

    /// Sub-packages that may use `runtime`, in every room, in every chain and in every adapter.
    static final List<String> SHELL = List.of("http", "worker", "app");

    private Rooms() {}

    static JavaClasses production() {
        return Production.CLASSES;
    }

    /// Read once per process, and only by who looks at them: reading takes ten seconds of a
    /// processor.
    private static final class Production {
        static final JavaClasses CLASSES =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.entente");
    }
}
