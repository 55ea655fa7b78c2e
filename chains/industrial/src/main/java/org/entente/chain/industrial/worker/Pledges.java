package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.Pledge;
import org.entente.chain.store.Replaced;
import org.entente.chain.store.StoreDamaged;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What a sealer is bound by, on disk (docs/chains/industrial.md §6.4). One that is damaged is
/// named, and left as it is until another is due. For one thread.
public final class Pledges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pledges.class);
    private static final String NAME = "pledge";

    private final Path directory;
    private Optional<Replaced> file;
    private final Found found;

    /// What a start finds.
    public sealed interface Found {
        record Kept(Optional<Pledge> pledge) implements Found {}

        record Lost(String why) implements Found {}
    }

    private Pledges(Path directory, Optional<Replaced> file, Found found) {
        this.directory = directory;
        this.file = file;
        this.found = found;
    }

    /// Of a node that never said anything.
    public static void create(Path directory) throws IOException {
        Replaced.create(directory, NAME).close();
    }

    public static Pledges open(Path directory) throws IOException {
        try {
            Replaced file = Replaced.open(directory, NAME);
            return new Pledges(directory, Optional.of(file), found(file.value()));
        } catch (StoreDamaged e) {
            return new Pledges(
                    directory, Optional.empty(), new Found.Lost(String.valueOf(e.getMessage())));
        }
    }

    private static Found found(Bytes value) {
        if (value.isEmpty()) {
            return new Found.Kept(Optional.empty());
        }
        return switch (Pledge.FORMAT.decode(value)) {
            case Parsed.Value<Pledge>(Pledge pledge) -> new Found.Kept(Optional.of(pledge));
            case Parsed.Refused<Pledge>(Verdict.Rejected why) -> new Found.Lost(why.toString());
        };
    }

    public Found found() {
        return found;
    }

    /// Forced when this returns.
    public void keep(Pledge pledge) throws IOException {
        if (file.isEmpty()) {
            LOG.atInfo().addKeyValue("turn", pledge.turn()).log("the lost pledge counts no more");
            file = Optional.of(Replaced.create(directory, NAME));
        }
        file.get().replace(Pledge.FORMAT.encode(pledge));
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
