package org.entente.chain.app;

import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that members hand to each other before there is a chain: one value in its encoding.
public final class EncodedFile {
    private static final int SIZE_BYTES_MAX = 1 << 20;

    private EncodedFile() {}

    public static <T> void write(Path file, Format<T> format, T value) throws IOException {
        Files.write(file, format.encode(value).toArray());
    }

    public static <T> T read(Path file, Format<T> format) throws IOException, StartRefused {
        if (!Files.isRegularFile(file) || Files.size(file) > SIZE_BYTES_MAX) {
            throw new StartRefused(ExitCode.USAGE, file + " is no such file");
        }
        return decoded(format, Bytes.copyOf(Files.readAllBytes(file)), file);
    }

    /// @param what it stands in
    public static <T> T decoded(Format<T> format, Bytes encoded, Object what) throws StartRefused {
        return switch (format.decode(encoded)) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) ->
                    throw new StartRefused(ExitCode.USAGE, what + ": " + why);
        };
    }
}
