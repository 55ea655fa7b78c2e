package org.entente.certs;

import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.jspecify.annotations.Nullable;

/// A verifier that remembers which signatures held, so that who checks again only looks up.
///
/// A shell verifies on the thread that received a message, beside others; the core's own check, on
/// the one thread that decides, then costs next to nothing. Only what held is remembered, whole: a
/// wrong signature is verified each time.
public final class RememberingVerifier implements Verifier {
    private final Verifier verifier;

    /// Each place holds what was last verified of those that fall on it. A race or a collision
    /// loses a memory and never makes one, since each is immutable; so nothing is locked.
    private final @Nullable Known[] places;

    private record Known(VerifyingKey key, Digest digest, Signature signature) {
        boolean is(VerifyingKey itsKey, Digest itsDigest, Signature itsSignature) {
            return digest.equals(itsDigest) && signature.equals(itsSignature) && key.equals(itsKey);
        }
    }

    /// @param countMax how many are remembered at most
    public RememberingVerifier(Verifier verifier, int countMax) {
        if (countMax < 1) {
            throw new IllegalArgumentException("at least one is remembered, not " + countMax);
        }
        this.verifier = verifier;
        this.places = new Known[countMax];
    }

    @Override
    public boolean verify(VerifyingKey key, Digest digest, Signature signature) {
        Known known = places[place(digest, signature)];
        if (known != null && known.is(key, digest, signature)) {
            return true;
        }
        boolean holds = verifier.verify(key, digest, signature);
        if (holds) {
            take(key, digest, signature);
        }
        return holds;
    }

    /// Takes it from somebody else that a signature holds.
    public void take(VerifyingKey key, Digest digest, Signature signature) {
        places[place(digest, signature)] = new Known(key, digest, signature);
    }

    private int place(Digest digest, Signature signature) {
        return Math.floorMod(digest.hashCode() + signature.hashCode(), places.length);
    }
}
