package org.entente.chain.industrial.vault;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Path;

/// What the vault changes on disk, step by step: a machine may stop between any two.
public interface Disk {
    /// Makes a file that only its owner may read, with its content forced.
    void write(Path file, Bytes content) throws IOException;

    /// Adds to a file, which is made when there is none, and forces it. Where that fails the file
    /// is as long as before.
    void append(Path file, Bytes content) throws IOException;

    /// Writes over the whole of a file with zeros and forces it.
    void blank(Path file) throws IOException;

    /// Within one file system; replaces what is there.
    void rename(Path from, Path to) throws IOException;

    /// What was made, renamed or deleted in a directory stays so.
    void force(Path directory) throws IOException;

    /// Nothing happens where there is none.
    void delete(Path file) throws IOException;

    /// How many bytes may still be written.
    long free(Path directory) throws IOException;
}
