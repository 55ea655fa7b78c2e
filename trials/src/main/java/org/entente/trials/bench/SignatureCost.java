package org.entente.trials.bench;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;

import java.security.SecureRandom;

/// What one signature and one verification cost here and now, and the least that an exchange's
/// cost, each by itself: batches make it less.
///
/// @param signNanos of one core
/// @param verifyNanos of one core
record SignatureCost(double signNanos, double verifyNanos) {
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 20_000;

    static SignatureCost measure(Cryptography cryptography) {
        Signer signer = cryptography.signer(cryptography.freshKey(new SecureRandom()));
        Digest digest = Digest.of(Bytes.utf8("what a signature costs"));
        Signature signature = signer.sign(digest);
        double sign = 0;
        double verify = 0;
        for (int count : new int[] {WARM_UP, MEASURED}) {
            long begun = System.nanoTime();
            for (int index = 0; index < count; index++) {
                signature = signer.sign(digest);
            }
            sign = (System.nanoTime() - begun) / (double) count;
            begun = System.nanoTime();
            for (int index = 0; index < count; index++) {
                if (!cryptography.verifier().verify(signer.key(), digest, signature)) {
                    throw new IllegalStateException("a sound signature was refused");
                }
            }
            verify = (System.nanoTime() - begun) / (double) count;
        }
        return new SignatureCost(sign, verify);
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

    double exchangesPerSecond(int members, int cores) {
        double nanos = signatures(members) * signNanos + verifications(members) * verifyNanos;
        return cores * 1e9 / nanos;
    }

    @Override
    public String toString() {
        return "a signature costs %.0f µs, a verification %.0f µs"
                .formatted(signNanos / 1e3, verifyNanos / 1e3);
    }
}
