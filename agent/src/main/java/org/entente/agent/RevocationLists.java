package org.entente.agent;

import org.entente.certs.CertificateKind;
import org.entente.certs.RevocationList;
import org.entente.certs.Revocations;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.issue.Withdrawals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The CRLs as they are published: made anew when something was revoked, when the CA was rotated
/// and when half of their time is over, each with a higher number.
public final class RevocationLists {
    private static final Duration REMADE_AFTER = Withdrawals.LIST_LIFETIME.dividedBy(2);

    private record Made(
            int generation, Revocations revocations, Instant at, List<RevocationList> lists) {}

    /// Guarded by the instance.
    private Optional<Made> newest = Optional.empty();

    /// Of the newest generation, or of an earlier one.
    ///
    /// @param generation 0 for the newest
    public Optional<RevocationList> find(
            Organisation organisation, CertificateKind ca, int generation, Instant now)
            throws LedgerUnavailable {
        int wanted = generation == 0 ? organisation.newest().generation() : generation;
        return current(organisation, now).stream()
                .filter(list -> list.content().issuer().kind() == ca)
                .filter(list -> list.content().issuer().generation() == wanted)
                .findFirst();
    }

    /// The next ones are new, with higher numbers.
    public synchronized void forget() {
        newest = Optional.empty();
    }

    /// All of them, at most half of their time old.
    public synchronized List<RevocationList> current(Organisation organisation, Instant now)
            throws LedgerUnavailable {
        Revocations revocations = organisation.revocations();
        int generation = organisation.newest().generation();
        Optional<Made> fresh =
                newest.filter(made ->
                        made.generation == generation
                                && made.revocations.equals(revocations)
                                && now.isBefore(made.at.plus(REMADE_AFTER)));
        if (fresh.isPresent()) {
            return fresh.get().lists;
        }
        Made made = new Made(generation, revocations, now, organisation.withdrawals().lists(now));
        newest = Optional.of(made);
        return made.lists;
    }
}
