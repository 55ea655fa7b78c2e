package org.entente.registry.journal;

import org.entente.protocol.Sorted;

import java.nio.file.Path;

/// Another process that has the view open until it is killed.
final class HoldingProcess {
    private HoldingProcess() {}

    public static void main(String[] arguments) throws Exception {
        RegistryView view =
                RegistryView.open(
                        new ViewPlace(Path.of(arguments[0])),
                        Sorted.empty(),
                        (log, serial) -> {
                            throw new IllegalStateException("no entry was asked for");
                        });
        System.out.println("open");
        Thread.sleep(600_000);
        view.close();
    }
}
