package org.entente.chain.industrial;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Accounts in ascending order, always the same within one process.
final class Keys {
    static final Cryptography CRYPTOGRAPHY = Cryptography.portable();
    private static final int COUNT_MAX = 20;
    private static final List<Signer> SIGNERS = signers();

    private Keys() {}

    private static List<Signer> signers() {
        SecureRandom random = new SecureRandom();
        return Stream.generate(() -> CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(random)))
                .limit(COUNT_MAX)
                .sorted(Comparator.comparing(Signer::key))
                .toList();
    }

    static List<Signer> first(int count) {
        return SIGNERS.subList(0, count);
    }
}
