package org.entente.certs.pem;

import org.entente.certs.Certificate;
import org.entente.certs.RevocationList;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Certificates and CRLs in files that everyone may read, replaced at once and durably.
public final class PemFile {
    private PemFile() {}

    public static void write(Path file, List<Certificate> certificates) throws IOException {
        AtomicFile.write(file, Bytes.utf8(Pem.encode(certificates)), AtomicFile.Reader.EVERYONE);
    }

    public static void write(Path file, RevocationList list) throws IOException {
        AtomicFile.write(
                file,
                Bytes.utf8(Pem.encode(Pem.REVOCATION_LIST, list.der())),
                AtomicFile.Reader.EVERYONE);
    }

    /// @param pem as [Pem] writes it
    public static void write(Path file, String pem) throws IOException {
        AtomicFile.write(file, Bytes.utf8(pem), AtomicFile.Reader.EVERYONE);
    }

    public static Parsed<List<Certificate>> certificates(Path file) throws IOException {
        return Files.size(file) > Pem.SIZE_MAX
                ? Parsed.refused(Fault.TOO_LARGE, file + " is larger than " + Pem.SIZE_MAX)
                : Pem.certificates(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
}
