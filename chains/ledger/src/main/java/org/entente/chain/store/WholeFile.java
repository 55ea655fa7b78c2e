package org.entente.chain.store;

import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;

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
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// A file that is there whole or not at all: written beside its place, with a checksum behind its
/// content, forced, and only then moved there.
public final class WholeFile {
    private static final int BUFFER_SIZE_BYTES = 1 << 16;

    private WholeFile() {}

    @FunctionalInterface
    public interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    /// What is wrong with the content it may also say by an [IllegalArgumentException].
    @FunctionalInterface
    public interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    /// Forced when this returns; whatever stops it leaves the one before.
    public static void write(Path file, Writing content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
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
            content.write(out);
            out.writeInt((int) checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        org.entente.chain.store.Channels.forceDirectory(file.resolveSibling("."));
    }

    /// @throws StoreDamaged where it is not as it was written
    public static <T> T read(Path file, Reading<T> content) throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(
                        new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE_BYTES),
                        new CRC32C());
        try (DataInputStream in = new DataInputStream(checked)) {
            T value = content.read(in);
            int crc = (int) checked.getChecksum().getValue();
            if (in.readInt() != crc) {
                throw new StoreDamaged(file, 0, "its checksum is wrong");
            }
            if (in.read() >= 0) {
                throw new StoreDamaged(file, 0, "it goes on behind its checksum");
            }
            return value;
        } catch (EOFException | IllegalArgumentException e) {
            throw new StoreDamaged(file, 0, "it is cut or garbled: " + e.getMessage());
        }
    }

    /// An object, behind its size.
    public static void part(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.size());
        out.write(bytes.toArray());
    }

    public static <T> T part(DataInputStream in, Format<T> format) throws IOException {
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
