package org.entente.chain.industrial.store;

import org.entente.chain.Genesis;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// How far a node heard of its blocks, and what it keeps of it, in a file that is there whole or
/// not at all (docs/chains/industrial-registers.md §6.6). It is made again from blocks, so one that
/// cannot be read is as good as none.
public final class AlertFile {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFile.class);
    private static final String FILE = "alerts.heard";

    /// `EnteAlH1`
    private static final long MAGIC = 0x456E7465416C4831L;

    private static final int BUFFER_SIZE_BYTES = 1 << 16;

    private final Path file;
    private final Genesis genesis;
    private final Format<Lookout> format;

    /// What is kept.
    ///
    /// @param first the number of the first alert
    public record Heard(Lookout lookout, long first, List<Alert> alerts) {
        public Heard {
            alerts = List.copyOf(alerts);
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
        Path unfinished = file.resolveSibling(FILE + ".unfinished");
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            CheckedOutputStream checked =
                    new CheckedOutputStream(
                            new BufferedOutputStream(
                                    Channels.newOutputStream(channel), BUFFER_SIZE_BYTES),
                            new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(MAGIC);
            part(out, format.encode(heard.lookout));
            out.writeLong(heard.first);
            out.writeInt(heard.alerts.size());
            for (Alert alert : heard.alerts) {
                part(out, Alert.FORMAT.encode(alert));
            }
            out.writeInt((int) checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void part(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.size());
        out.write(bytes.toArray());
    }

    /// What was written last; nothing where there is none, or none of this chain that is whole.
    public Optional<Heard> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        CheckedInputStream checked =
                new CheckedInputStream(
                        new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE_BYTES),
                        new CRC32C());
        try (DataInputStream in = new DataInputStream(checked)) {
            Heard heard = read(in);
            int crc = (int) checked.getChecksum().getValue();
            if (in.readInt() == crc) {
                return Optional.of(heard);
            }
            LOG.warn("{} is damaged: alerts are made again from the first block", file);
        } catch (EOFException | IllegalArgumentException e) {
            LOG.warn("{} is no use: alerts are made again from the first block", file, e);
        }
        return Optional.empty();
    }

    private Heard read(DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new IllegalArgumentException("it is something else");
        }
        Lookout lookout = parsed(format, in);
        long first = in.readLong();
        int count = in.readInt();
        List<Alert> alerts = new ArrayList<>();
        while (alerts.size() < count) {
            alerts.add(parsed(Alert.FORMAT, in));
        }
        return new Heard(lookout, first, alerts);
    }

    private static <T> T parsed(Format<T> format, DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 1 || size > format.sizeMax()) {
            throw new IllegalArgumentException("a part of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length != size) {
            throw new EOFException("in a part of " + size + " bytes");
        }
        return switch (format.decode(Bytes.copyOf(bytes))) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) ->
                    throw new IllegalArgumentException(why.toString());
        };
    }
}
