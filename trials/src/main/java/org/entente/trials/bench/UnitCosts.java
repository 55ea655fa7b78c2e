package org.entente.trials.bench;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;

/// What the steps cost that no exchange can do without, here and now, and so the most exchanges
/// that this machine could do in a second if nothing else cost anything and nothing were batched.
///
/// @param signNanos of one core
/// @param verifyNanos of one core
/// @param hashNanos of one core, for 300 bytes
/// @param forceNanos of the disk, for 4 KiB in a file that was written before; the median
record UnitCosts(double signNanos, double verifyNanos, double hashNanos, double forceNanos) {
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 20_000;
    private static final int FORCES = 400;
    private static final int PAGE_SIZE_BYTES = 4_096;
    private static final int HASHED_SIZE_BYTES = 300;

    static UnitCosts measure(Cryptography cryptography, Path folder) throws IOException {
        Signer signer = cryptography.signer(cryptography.freshKey(new SecureRandom()));
        Bytes bytes = Bytes.copyOf(new byte[HASHED_SIZE_BYTES]);
        Digest digest = Digest.of(bytes);
        Signature signature = signer.sign(digest);
        double sign = nanos(() -> signer.sign(digest));
        double verify =
                nanos(() -> {
                    if (!cryptography.verifier().verify(signer.key(), digest, signature)) {
                        throw new IllegalStateException("a sound signature was refused");
                    }
                });
        return new UnitCosts(sign, verify, nanos(() -> Digest.of(bytes)), force(folder));
    }

    private static double nanos(Runnable step) {
        double nanos = 0;
        for (int count : new int[] {WARM_UP, MEASURED}) {
            long begun = System.nanoTime();
            for (int index = 0; index < count; index++) {
                step.run();
            }
            nanos = (System.nanoTime() - begun) / (double) count;
        }
        return nanos;
    }

    private static double force(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "force", ".bytes");
        long[] taken = new long[FORCES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int page = 0; page < FORCES; page++) {
                write(channel, page);
            }
            channel.force(true);
            for (int page = 0; page < FORCES; page++) {
                long begun = System.nanoTime();
                write(channel, page);
                channel.force(false);
                taken[page] = System.nanoTime() - begun;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(taken);
        return taken[FORCES / 2];
    }

    private static void write(FileChannel channel, int page) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(PAGE_SIZE_BYTES);
        long at = (long) page * PAGE_SIZE_BYTES;
        while (zeros.hasRemaining()) {
            at += channel.write(zeros, at);
        }
    }

    /// Signed: the request, the promise, the proposal; by each member an endorsement, an
    /// attestation, a seal, an observation; the transaction.
    static int signatures(int members) {
        return 4 + 4 * members;
    }

    /// Verified: request, certificate and proposal by the relay, by each member when it endorses
    /// and when it follows the log, and by the inbox, without the certificate; endorsements and
    /// attestations by the relay, by each member, endorsements by the inbox; seals by the relay and
    /// the inbox; observations by the relay and each member.
    static int verifications(int members) {
        int followers = members + 1;
        return 3 * followers + 3 + 3 * members * followers + 3 * members;
    }

    /// Hashed by the relay, by each member when it endorses and when it follows, and by the inbox:
    /// certificate, request, proposal, both sets, submission, evidence, entry, leaf and one inner
    /// node; for each endorsement and attestation the leaf and the root of its batch.
    static int hashes(int members) {
        return (2 * members + 2) * (10 + 4 * members);
    }

    /// Forced: the proposal, the payload, the promise, the entry, the seal, the transaction, the
    /// block, the settlement; by each member an endorsement, a seal, an observation.
    static int forces(int members) {
        return 8 + 3 * members;
    }

    /// What the cores allow.
    double computedPerSecond(int members, int cores) {
        double nanos =
                signatures(members) * signNanos
                        + verifications(members) * verifyNanos
                        + hashes(members) * hashNanos;
        return cores * 1e9 / nanos;
    }

    /// What one disk allows, one force after the other.
    double forcedPerSecond(int members) {
        return 1e9 / (forces(members) * forceNanos);
    }

    @Override
    public String toString() {
        return "a signature costs %.0f µs, a verification %.0f µs, a hash %.1f µs, a force %.0f µs"
                .formatted(signNanos / 1e3, verifyNanos / 1e3, hashNanos / 1e3, forceNanos / 1e3);
    }
}
