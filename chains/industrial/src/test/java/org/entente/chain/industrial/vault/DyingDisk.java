package org.entente.chain.industrial.vault;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Path;

/// The machine's disk until so many steps were taken; then the machine stops within the next one,
/// or the disk is full from then on.
final class DyingDisk implements Disk {
    private final FileDisk disk = new FileDisk();
    private final End end;
    private long left;

    enum End {
        MACHINE_STOPS,
        DISK_IS_FULL
    }

    /// The machine stopped.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    DyingDisk(long steps, End end) {
        this.left = steps;
        this.end = end;
    }

    long left() {
        return left;
    }

    private interface Step {
        void run() throws IOException;
    }

    /// @param half what of it happens when it ends within
    private void step(Step whole, Step half) throws IOException {
        if (left > 0) {
            left--;
            whole.run();
            return;
        }
        half.run();
        throw new Stopped();
    }

    private void writing(Step whole, Step half) throws IOException {
        if (end == End.DISK_IS_FULL && left <= 0) {
            throw new IOException("No space left on device");
        }
        step(whole, half);
    }

    private void freely(Step whole) throws IOException {
        if (end == End.DISK_IS_FULL) {
            whole.run();
        } else {
            step(whole, () -> {});
        }
    }

    @Override
    public void write(Path file, Bytes content) throws IOException {
        writing(
                () -> disk.write(file, content),
                () -> disk.write(file, content.slice(0, content.size() / 2)));
    }

    @Override
    public void append(Path file, Bytes content) throws IOException {
        writing(
                () -> disk.append(file, content),
                () -> disk.append(file, content.slice(0, content.size() / 2)));
    }

    @Override
    public void blank(Path file) throws IOException {
        freely(() -> disk.blank(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        freely(() -> disk.rename(from, to));
    }

    @Override
    public void force(Path directory) throws IOException {
        freely(() -> disk.force(directory));
    }

    @Override
    public void delete(Path file) throws IOException {
        freely(() -> disk.delete(file));
    }

    @Override
    public long free(Path directory) {
        return Long.MAX_VALUE;
    }
}
