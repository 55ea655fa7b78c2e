package org.entente.chain.industrial.http.data;

import org.entente.chain.industrial.data.DataId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.json.Json;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/// Who read which data for what: a line of JSON each, written and forced before the data leaves.
public final class Reads {
    private static final int LINE_SIZE_BYTES_MAX = 4_096;
    private static final int SHOWN_COUNT_MAX = 256;

    private final Path file;

    public Reads(Path file) {
        this.file = file;
    }

    /// @param from of the bytes that were asked for
    record Read(
            String at,
            String account,
            String purpose,
            String id,
            String what,
            long from,
            long size) {}

    synchronized void add(
            Instant now,
            VerifyingKey account,
            String purpose,
            DataId id,
            String what,
            long from,
            long size)
            throws IOException {
        Read read =
                new Read(now.toString(), account.toString(), purpose, id.text(), what, from, size);
        Bytes line = Json.write(read).concat(Bytes.utf8("\n"));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var rest = line.asBuffer();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(false);
        }
    }

    /// The latest of some data, the newest last.
    synchronized List<Read> of(DataId id) throws IOException {
        ArrayDeque<Read> found = new ArrayDeque<>();
        if (!Files.exists(file)) {
            return List.of();
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (Json.read(Bytes.utf8(line), LINE_SIZE_BYTES_MAX, Read.class)
                                instanceof Parsed.Value<Read>(Read read)
                        && read.id.equals(id.text())) {
                    found.add(read);
                    if (found.size() > SHOWN_COUNT_MAX) {
                        found.removeFirst();
                    }
                }
            }
        }
        return List.copyOf(found);
    }
}
