package org.entente.relay.journal;

import org.entente.certs.Certificate;
import org.entente.certs.RevocationList;
import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The newest revocation list of each CA, as its organisation published it. A list proves itself by
/// its CA's signature; the relay only refuses an older one.
public final class RevocationLists {
    private final Path folder;
    private final Verifier verifier;

    public RevocationLists(Path folder, Verifier verifier) {
        this.folder = folder;
        this.verifier = verifier;
    }

    public Optional<Bytes> newest(Certificate ca) throws IOException {
        Path file = file(ca);
        return Files.exists(file)
                ? Optional.of(Bytes.copyOf(Files.readAllBytes(file)))
                : Optional.empty();
    }

    /// Takes a list of this CA; the same one again is fine.
    public synchronized Verdict publish(Certificate ca, Bytes der) throws IOException {
        Parsed<RevocationList> parsed = RevocationList.parse(der);
        if (!(parsed instanceof Parsed.Value<RevocationList>(RevocationList list))) {
            return parsed.verdict();
        }
        if (!list.content().issuerKeyId().equals(ca.keyId())
                || !list.isSignedBy(ca.key(), verifier)) {
            return Verdict.rejected(Fault.BAD_SIGNATURE, "the list is not signed by " + ca);
        }
        Optional<Bytes> before = newest(ca);
        if (before.isPresent() && !before.get().equals(der)) {
            long number = RevocationList.parse(before.get()).orThrow().content().number();
            if (list.content().number() <= number) {
                return Verdict.rejected(
                        Fault.OUTDATED,
                        "list "
                                + number
                                + " is here, "
                                + list.content().number()
                                + " is not newer");
            }
        }
        Files.createDirectories(folder);
        replace(file(ca), der);
        return Verdict.accepted();
    }

    /// After a crash there is the old list or the new one, whole.
    private void replace(Path file, Bytes content) throws IOException {
        Path next = folder.resolve("list.next");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer rest = content.asBuffer();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
    }

    private Path file(Certificate ca) {
        return folder.resolve(ca.digest().hex() + ".crl");
    }
}
