package org.entente.chain.industrial.worker;

import org.entente.certs.RememberingVerifier;
import org.entente.certs.Verifier;
import org.entente.chain.SignedTransaction;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.util.List;

/// Verifies each signature once, those of many transactions on all processors: whoever asks again,
/// on the one thread that executes or decides, only looks up.
public final class Verifying implements Verifier {
    /// Far more than are on their way at once: each stands at one place, and what falls on a place
    /// that is taken is verified twice.
    private static final int REMEMBERED_COUNT = 1 << 17;

    private static final int TOGETHER_COUNT_LEAST = 4;

    private final RememberingVerifier remembering;

    public Verifying(Verifier verifier, Meter meter) {
        this.remembering =
                new RememberingVerifier(
                        (key, digest, signature) -> {
                            meter.verified();
                            return verifier.verify(key, digest, signature);
                        },
                        REMEMBERED_COUNT);
    }

    @Override
    public boolean verify(VerifyingKey key, Digest digest, Signature signature) {
        return remembering.verify(key, digest, signature);
    }

    /// What does not hold is not told: it is found again by whoever asks about it.
    void ahead(List<SignedTransaction> transactions) {
        if (transactions.size() < TOGETHER_COUNT_LEAST) {
            return;
        }
        transactions.parallelStream()
                .forEach(each -> {
                    boolean _ =
                            remembering.verify(
                                    each.transaction().account(), each.id(), each.signature());
                });
    }

    /// What a quorum committed its sealers have verified.
    void take(List<SignedTransaction> committed) {
        for (SignedTransaction each : committed) {
            remembering.take(each.transaction().account(), each.id(), each.signature());
        }
    }
}
