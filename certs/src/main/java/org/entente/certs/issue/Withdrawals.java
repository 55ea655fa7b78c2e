package org.entente.certs.issue;

import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.Revocation;
import org.entente.certs.RevocationList;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the organisation takes back or gives away of its certificates: revocations, their lists,
/// and the openings of transaction certificates.
public final class Withdrawals {
    public static final Duration LIST_LIFETIME = Duration.ofDays(7);

    /// RFC 5280 §3.3: a certificate leaves the list only after one list past its end.
    private static final Duration LISTED_AFTER_END = LIST_LIFETIME.multipliedBy(2);

    private final List<Generation> generations;
    private final Ledger ledger;

    public Withdrawals(List<Generation> generations, Ledger ledger) {
        this.generations = Collections.unmodifiableList(generations);
        this.ledger = ledger;
    }

    /// Notes a revocation. It holds for others from the entry on that the registry makes of it.
    public Parsed<Revocation> revoke(Revocation certificate, Instant now) throws LedgerUnavailable {
        Optional<Instant> notAfter = notAfter(certificate);
        if (notAfter.isEmpty()) {
            return unknown(certificate);
        }
        var entry = new LedgerEntry.Revoked(certificate, notAfter.get(), now);
        return ledger.decide(state ->
                state.isRevoked(certificate)
                        ? Parsed.refused(
                                Fault.ALREADY_EXISTS,
                                certificate.serialNumber() + " is revoked already")
                        : Parsed.of(new Ledger.Decision<>(certificate, List.of(entry))));
    }

    /// Says who holds a transaction certificate, and notes that and for which demand it was said.
    public Parsed<NodeId> open(Revocation certificate, Digest demand, Instant now)
            throws LedgerUnavailable {
        Optional<Ledger.Issued> issued = ledger.issued(certificate);
        if (issued.isEmpty()) {
            return unknown(certificate);
        }
        NodeId holder = issued.get().holder();
        var entry = new LedgerEntry.Opened(certificate, holder, demand, now);
        return ledger.decide(_ -> Parsed.of(new Ledger.Decision<>(holder, List.of(entry))));
    }

    /// Which certificate of ours a serial number means, so that people need not name the CA.
    public Optional<Revocation> named(Bytes serialNumber) throws LedgerUnavailable {
        for (Generation generation : generations) {
            for (Certificate ca : generation.authorities().all()) {
                Revocation candidate = new Revocation(ca.digest(), serialNumber);
                if (notAfter(candidate).isPresent()) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> notAfter(Revocation certificate) throws LedgerUnavailable {
        Optional<Instant> subordinate =
                generations.stream()
                        .map(Generation::authorities)
                        .filter(family -> family.root().digest().equals(certificate.issuer()))
                        .flatMap(family -> family.all().stream())
                        .filter(ca -> ca.kind() != CertificateKind.ROOT)
                        .filter(ca -> ca.serialNumber().equals(certificate.serialNumber()))
                        .map(Certificate::notAfter)
                        .findFirst();
        return subordinate.isPresent()
                ? subordinate
                : ledger.issued(certificate).map(Ledger.Issued::notAfter);
    }

    /// The next CRL of every CA of every generation whose CA has not ended.
    public List<RevocationList> lists(Instant now) throws LedgerUnavailable {
        return ledger.decide(
                        state -> {
                            List<RevocationList> lists = new ArrayList<>();
                            List<LedgerEntry> entries = new ArrayList<>();
                            for (Generation generation : generations) {
                                for (Certificate ca : generation.authorities().all()) {
                                    if (now.isBefore(ca.notAfter())) {
                                        RevocationList list = list(generation, ca, state, now);
                                        lists.add(list);
                                        entries.add(
                                                new LedgerEntry.ListIssued(
                                                        ca.digest(), list.content().number()));
                                    }
                                }
                            }
                            return Parsed.of(
                                    new Ledger.Decision<>(
                                            Collections.unmodifiableList(lists), entries));
                        })
                .orThrow();
    }

    private static RevocationList list(
            Generation generation, Certificate ca, LedgerState state, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        return RevocationList.issue(
                new RevocationList.Content(
                        ca.ca().orElseThrow(),
                        ca.keyId(),
                        state.listNumber(ca.digest()) + 1,
                        from,
                        from.plus(LIST_LIFETIME),
                        state.revokedBy(ca.digest(), now.minus(LISTED_AFTER_END))),
                generation.signer(ca.kind()));
    }

    private static <T> Parsed<T> unknown(Revocation certificate) {
        return Parsed.refused(
                Fault.NOT_FOUND,
                "this organisation issued no certificate " + certificate.serialNumber());
    }
}
