package org.entente.agent.pem;

import org.entente.agent.Organisation;
import org.entente.certs.Cryptography;
import org.entente.certs.journal.FileLedger;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.Password;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The organisation's directory, held by one agent at a time; a rotation that the command line
/// makes is noticed by [#refresh].
public final class OrganisationFiles implements Supplier<Organisation>, Closeable {
    private static final String LOCK = "agent.lock";
    private static final String CURRENT = "current";

    private final Path home;
    private final Password password;
    private final Cryptography cryptography;
    private final SecureRandom random;
    private final FileChannel lock;

    /// All stay open until the end: closing one channel of the ledger's file would drop the lock
    /// that another holds (POSIX), in the middle of a decision. Guarded by the instance.
    private final List<OrganisationDirectory> opened = new ArrayList<>();

    private final FileLedger ledger;
    private volatile Organisation organisation;
    private String current;

    private OrganisationFiles(
            Path home,
            Password password,
            Cryptography cryptography,
            SecureRandom random,
            FileChannel lock,
            String current,
            OrganisationDirectory directory) {
        this.home = home;
        this.password = password;
        this.cryptography = cryptography;
        this.random = random;
        this.lock = lock;
        this.current = current;
        this.opened.add(directory);
        this.ledger = directory.ledger();
        this.organisation = organisation(directory);
    }

    /// Takes the directory for this process.
    public static OrganisationFiles open(
            Path home, Path password, Cryptography cryptography, SecureRandom random)
            throws FilesUnusable {
        FileChannel lock = lock(home);
        try {
            Password words = password(password);
            String current = current(home);
            OrganisationDirectory directory = directory(home, words, cryptography);
            return new OrganisationFiles(
                    home, words, cryptography, random, lock, current, directory);
        } catch (FilesUnusable e) {
            close(lock);
            throw e;
        }
    }

    /// Whether the directory can be read and its keys decrypted; takes nothing.
    public static String look(Path home, Path password, Cryptography cryptography)
            throws FilesUnusable {
        try (OrganisationDirectory directory = directory(home, password(password), cryptography)) {
            return directory.current().toString();
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    /// As of the last refresh. What was revoked and which tokens were used is always asked of the
    /// ledger, so only the CAs can be older.
    @Override
    public Organisation get() {
        return organisation;
    }

    /// Takes in a rotation, if there was one.
    ///
    /// @return whether there was
    public synchronized boolean refresh() throws FilesUnusable {
        String now = current(home);
        if (now.equals(current)) {
            return false;
        }
        OrganisationDirectory directory = directory(home, password, cryptography);
        opened.add(directory);
        organisation = organisation(directory);
        current = now;
        return true;
    }

    private Organisation organisation(OrganisationDirectory directory) {
        return new Organisation(directory.generations(), ledger, cryptography.verifier(), random);
    }

    private static FileChannel lock(Path home) throws FilesUnusable {
        try {
            FileChannel channel =
                    FileChannel.open(
                            home.resolve(LOCK),
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE);
            if (isTaken(channel)) {
                channel.close();
                throw new FilesUnusable(
                        "another agent is working from "
                                + home
                                + "; an organisation's directory has one active agent. Stop the"
                                + " other first");
            }
            return channel;
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static Password password(Path file) throws FilesUnusable {
        try {
            return Password.read(file);
        } catch (NoSuchFileException e) {
            throw new FilesUnusable(
                    "there is no password file " + file + "; organisationPassword names it", e);
        } catch (IOException | KeyFileUnusable e) {
            throw new FilesUnusable("cannot read the password: " + e.getMessage(), e);
        }
    }

    private static String current(Path home) throws FilesUnusable {
        try {
            return Files.readString(home.resolve(CURRENT)).strip();
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    private static OrganisationDirectory directory(
            Path home, Password password, Cryptography cryptography) throws FilesUnusable {
        try {
            return OrganisationDirectory.open(home, password, cryptography);
        } catch (KeyFileUnusable e) {
            throw new FilesUnusable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    private static FilesUnusable unusable(Path home, IOException why) {
        String hint =
                why instanceof NoSuchFileException
                        ? "; make the organisation first: entente org init"
                        : "";
        return new FilesUnusable("cannot use the directory " + home + ": " + why + hint, why);
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("a lock that cannot be given back", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (OrganisationDirectory directory : opened) {
            directory.close();
        }
        lock.close();
    }
}
