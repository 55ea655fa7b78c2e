package org.entente.relay.journal;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// One-time invitations by which an organisation enrols at this relay.
///
/// An invitation is a file named by the SHA-256 of its token and holding whom it invites and until
/// when, so the folder betrays no token. Using one creates a second file beside it, which only one
/// can create, whatever crashes.
public final class Invitations {
    private static final int TOKEN_SIZE_BYTES = 32;
    private static final String USED = ".used";
    private static final String END = "\n";

    private final Path folder;

    public Invitations(Path folder) {
        this.folder = folder;
    }

    /// @return the token, which is shown once and kept nowhere
    public String invite(
            OrganisationId organisation, Duration valid, Instant now, SecureRandom random)
            throws IOException {
        byte[] bytes = new byte[TOKEN_SIZE_BYTES];
        random.nextBytes(bytes);
        // A token that began with a dash would look like an option on a command line.
        bytes[0] &= 0x7f;
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Files.createDirectories(folder);
        create(file(token), organisation + " " + now.plus(valid).toEpochMilli() + END);
        return token;
    }

    /// Whether the token invites this organisation now.
    public Verdict check(String token, OrganisationId organisation, Instant now)
            throws IOException {
        String content;
        try {
            content = Files.readString(file(token));
        } catch (NoSuchFileException e) {
            return Verdict.rejected(Fault.TOKEN_UNKNOWN, "nobody was invited with this token");
        }
        if (!content.endsWith(END)) {
            // A crash cut it short, so its token was never shown to anybody.
            return Verdict.rejected(Fault.TOKEN_UNKNOWN, "the invitation is not whole");
        }
        String[] invitation = content.strip().split(" ", 2);
        if (!invitation[0].equals(organisation.domain())) {
            return Verdict.rejected(
                    Fault.TOKEN_UNKNOWN, "this token does not invite " + organisation);
        }
        if (Files.exists(used(token))) {
            return Verdict.rejected(Fault.TOKEN_USED, organisation + " has enrolled with it");
        }
        Instant until = Instant.ofEpochMilli(Long.parseLong(invitation[1]));
        return now.isAfter(until)
                ? Verdict.rejected(Fault.TOKEN_EXPIRED, "it was valid until " + until)
                : Verdict.accepted();
    }

    /// Marks the token as used; false when it was before.
    public boolean use(String token) throws IOException {
        try {
            create(used(token), "");
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private Path file(String token) {
        return folder.resolve(Digest.of(Bytes.utf8(token)).hex());
    }

    private Path used(String token) {
        Path file = file(token);
        return file.resolveSibling(file.getFileName() + USED);
    }

    private static void create(Path file, String content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = Bytes.utf8(content).asBuffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."))) {
            directory.force(true);
        }
    }
}
