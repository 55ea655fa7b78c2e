package org.entente.chain.industrial;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Genesis;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Turn;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

/// Who a node is, of which chain.
///
/// @param signer of its account, which seals as well
public record Self(
        Genesis genesis, Settings settings, Habits habits, Signer signer, Verifier verifier) {
    VerifyingKey key() {
        return signer.key();
    }

    ChainId chain() {
        return genesis.chain();
    }

    Ballot ballot(Ballot.Phase phase, Turn turn, Digest header) {
        return Ballot.by(signer, phase, chain(), turn, header);
    }

    boolean holds(Ballot ballot) {
        return ballot.isSigned(chain(), verifier);
    }
}
