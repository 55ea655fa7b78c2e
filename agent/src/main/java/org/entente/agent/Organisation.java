package org.entente.agent;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.Revocations;
import org.entente.certs.Verifier;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.Generation;
import org.entente.certs.issue.Ledger;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.issue.Withdrawals;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The agent's organisation with one set of CA generations: who is certified, and who still holds.
///
/// A rotation makes another one; the ledger stays the same.
public final class Organisation {
    private final List<Authorities> generations;
    private final Ledger ledger;
    private final Verifier verifier;
    private final Judge judge;
    private final CertificateAuthority authority;
    private final Withdrawals withdrawals;

    /// @param generations oldest first
    public Organisation(
            List<Generation> generations, Ledger ledger, Verifier verifier, SecureRandom random) {
        this.generations = generations.stream().map(Generation::authorities).toList();
        this.ledger = ledger;
        this.verifier = verifier;
        this.judge = new Judge(verifier);
        this.authority = new CertificateAuthority(generations, ledger, verifier, random);
        this.withdrawals = new Withdrawals(generations, ledger);
    }

    public OrganisationId id() {
        return authority.organisation();
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public Withdrawals withdrawals() {
        return withdrawals;
    }

    public Verifier verifier() {
        return verifier;
    }

    /// The CAs, oldest generation first.
    public List<Authorities> generations() {
        return generations;
    }

    public Authorities newest() {
        return generations.getLast();
    }

    /// Whether one of the generations signed it as an identity certificate. Says nothing about
    /// whether it holds; [#judge] does.
    public boolean issued(Certificate certificate) {
        return certificate.kind() == CertificateKind.IDENTITY
                && certificate.organisation().equals(id())
                && issuer(certificate)
                        .filter(issuer -> certificate.isSignedBy(issuer.key(), verifier))
                        .isPresent();
    }

    /// Whether the identity certificate holds now, with every revocation that the ledger knows.
    public Verdict judge(Certificate identity, Instant now) throws LedgerUnavailable {
        return judge.identity(identity, generations, revocations(), Moment.now(now));
    }

    /// All that was revoked until now, by this process or another.
    public Revocations revocations() throws LedgerUnavailable {
        return ledger.decide(
                        state -> Parsed.of(new Ledger.Decision<>(state.revocations(), List.of())))
                .orThrow();
    }

    /// What the node's transaction certificates may say, as its token gave it.
    public SortedSet<Name> roles(NodeId node) throws LedgerUnavailable {
        return ledger.decide(
                        state -> Parsed.of(new Ledger.Decision<>(state.roles(node), List.of())))
                .orThrow();
    }

    private Optional<Certificate> issuer(Certificate certificate) {
        return generations.stream()
                .flatMap(family -> family.issuerOf(certificate).stream())
                .filter(issuer -> issuer.kind() == CertificateKind.ENROLMENT_CA)
                .findFirst();
    }
}
