package org.entente.chain.industrial.store;

import org.entente.chain.Genesis;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.chain.store.StoreDamaged;
import org.entente.chain.store.WholeFile;
import org.entente.protocol.encoding.Format;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far a node heard of its blocks, and what it keeps of it, in a file that is there whole or
/// not at all (docs/chains/industrial-registers.md §6.6). It is made again from blocks, so one that
/// cannot be read is as good as none.
public final class AlertFile {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFile.class);
    private static final String FILE = "alerts.heard";

    /// Of the alerts that a node keeps.
    public static final int COUNT_MAX = 65_536;

    /// `EnteAlH1`
    private static final long MAGIC = 0x456E7465416C4831L;

    private final Path file;
    private final Genesis genesis;
    private final Format<Lookout> format;

    /// What is kept.
    ///
    /// @param first the number of the first alert
    public record Heard(Lookout lookout, long first, List<Alert> alerts) {
        public Heard {
            alerts = List.copyOf(alerts);
            if (first < 1 || alerts.size() > COUNT_MAX) {
                throw new IllegalArgumentException(alerts.size() + " alerts from " + first + " on");
            }
        }
    }

    public AlertFile(Path directory, Genesis genesis) {
        this.file = directory.resolve(FILE);
        this.genesis = genesis;
        this.format = Lookout.format(genesis);
    }

    public Genesis genesis() {
        return genesis;
    }

    /// Forced when this returns; whatever stops it leaves the one before.
    public void write(Heard heard) throws IOException {
        WholeFile.write(
                file,
                out -> {
                    out.writeLong(MAGIC);
                    WholeFile.part(out, format.encode(heard.lookout));
                    out.writeLong(heard.first);
                    out.writeInt(heard.alerts.size());
                    for (Alert alert : heard.alerts) {
                        WholeFile.part(out, Alert.FORMAT.encode(alert));
                    }
                });
    }

    /// What was written last; nothing where there is none, or none of this chain that is whole.
    public Optional<Heard> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(WholeFile.read(file, this::read));
        } catch (StoreDamaged e) {
            LOG.warn("alerts are made again from the first block: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Heard read(DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new IllegalArgumentException("it is something else");
        }
        Lookout lookout = WholeFile.part(in, format);
        long first = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException(count + " alerts");
        }
        List<Alert> alerts = new ArrayList<>();
        while (alerts.size() < count) {
            alerts.add(WholeFile.part(in, Alert.FORMAT));
        }
        return new Heard(lookout, first, alerts);
    }
}
