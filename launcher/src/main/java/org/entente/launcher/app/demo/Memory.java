package org.entente.launcher.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What processes take of the machine's memory: their resident sets together. What several of them
/// share is counted for each, so it is at most so much.
///
/// @param count of the processes
record Memory(int count, long kibibytes) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String RESIDENT = "VmRSS:";

    /// Nothing where the machine does not say.
    static Optional<Memory> of(Collection<Long> pids) throws IOException {
        long kibibytes = 0;
        for (long pid : pids) {
            Optional<Long> resident = resident(PROCESSES.resolve(pid + "/status"));
            if (resident.isEmpty()) {
                return Optional.empty();
            }
            kibibytes += resident.get();
        }
        return Optional.of(new Memory(pids.size(), kibibytes));
    }

    private static Optional<Long> resident(Path status) throws IOException {
        return Files.isReadable(status) ? resident(Files.readAllLines(status)) : Optional.empty();
    }

    static Optional<Long> resident(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                .map(Long::valueOf)
                .findFirst();
    }

    long mebibytes() {
        return kibibytes >> 10;
    }

    @Override
    public String toString() {
        return "%d MiB in %d processes".formatted(mebibytes(), count);
    }
}
