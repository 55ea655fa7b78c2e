package org.entente.chain.industrial.register;

import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.Signer;
import org.entente.certs.SigningRequest;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.Generation;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.issue.MemoryLedger;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/// An organisation with an account, and with a CA as its agents have one.
public final class Firm {
    static final Cryptography CRYPTOGRAPHY = Cryptography.portable();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SortedSet<HostName> NO_HOSTS = Sorted.copyOf(List.<HostName>of());

    private final OrganisationId id;
    private final Signer account = signer();
    private final Generation generation;
    private final CertificateAuthority authority;

    Firm(String domain, Instant now) {
        id = new OrganisationId(domain);
        generation = Generation.create(id, 1, signer(), signer(), signer(), RANDOM, now);
        authority =
                new CertificateAuthority(
                        List.of(generation), new MemoryLedger(), CRYPTOGRAPHY.verifier(), RANDOM);
    }

    public static Signer signer() {
        return CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(RANDOM));
    }

    public OrganisationId id() {
        return id;
    }

    public Signer account() {
        return account;
    }

    public Organisation as(Organisation.Role role) {
        return new Organisation(
                id, role, Sorted.copyOf(List.of(account.key())), List.of(generation.authorities()));
    }

    /// As a device gets one by EST: with a request that its own key signs.
    public Certificate certify(Identifier device, Signer key, Instant now) {
        try {
            var node = Devices.node(id, device);
            var invitation = authority.invite(node, NO_HOSTS, Duration.ofHours(1), now).orThrow();
            return authority
                    .enrol(
                            node,
                            invitation.token(),
                            SigningRequest.forNode(node, NO_HOSTS, key),
                            now)
                    .orThrow();
        } catch (LedgerUnavailable e) {
            throw new IllegalStateException(e);
        }
    }
}
