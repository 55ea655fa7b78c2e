package org.entente.chain.industrial.vault;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Which chunks of an upload were encrypted, each told before it is stored: what is sent again
/// after a crash must be the same, so no nonce ever seals two contents. One owner at a time.
final class Journal {
    private static final int ENTRY_SIZE_BYTES = 2 * Digest.SIZE_BYTES + Integer.BYTES;

    private final Path file;
    private final Disk disk;
    private final List<Entry> entries;

    /// @param plain of the chunk as it was sent
    /// @param stored of the chunk as it is stored
    record Entry(Digest plain, Digest stored) {
        private Bytes encoded() {
            Bytes both = plain.bytes().concat(stored.bytes());
            return both.concat(
                    Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(sum(both)).array()));
        }
    }

    private Journal(Path file, Disk disk, List<Entry> entries) {
        this.file = file;
        this.disk = disk;
        this.entries = entries;
    }

    /// Up to the first entry that does not hold: its end was torn when the machine stopped, so its
    /// chunk was not stored, and nobody saw what it was sealed to.
    static Journal open(Path file, Disk disk) throws IOException {
        Bytes content = Files.exists(file) ? Bytes.copyOf(Files.readAllBytes(file)) : Bytes.EMPTY;
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (content.size() - at >= ENTRY_SIZE_BYTES) {
            Bytes both = content.slice(at, at + 2 * Digest.SIZE_BYTES);
            if (content.asBuffer().getInt(at + both.size()) != sum(both)) {
                break;
            }
            entries.add(
                    new Entry(
                            new Digest(both.slice(0, Digest.SIZE_BYTES)),
                            new Digest(both.slice(Digest.SIZE_BYTES, both.size()))));
            at += ENTRY_SIZE_BYTES;
        }
        if (at < content.size()) {
            Path beside = file.resolveSibling("journal.next");
            disk.delete(beside);
            disk.write(beside, content.slice(0, at));
            disk.rename(beside, file);
            disk.force(Shelf.parent(file));
        }
        return new Journal(file, disk, entries);
    }

    private static int sum(Bytes bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.asBuffer());
        return (int) sum.getValue();
    }

    int count() {
        return entries.size();
    }

    Entry at(int index) {
        return entries.get(index);
    }

    void add(Entry entry) throws IOException {
        disk.append(file, entry.encoded());
        entries.add(entry);
    }

    List<Digest> stored() {
        return entries.stream().map(Entry::stored).toList();
    }

    List<Digest> plain() {
        return entries.stream().map(Entry::plain).toList();
    }
}
