package org.entente.certs.issue;

import org.entente.certs.Certificate;
import org.entente.certs.HostName;
import org.entente.certs.Revocation;
import org.entente.certs.Revocations;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// What the CA's ledger says up to its newest entry, as far as decisions need it. To whom
/// transaction certificates belong is not among it: there may be millions, and only an opening asks
/// ([Ledger#issued]).
///
/// Changes with each entry; owned and guarded by its [Ledger].
public final class LedgerState {
    /// @param used the certificate that was given for it
    public record Token(
            NodeId node, SortedSet<HostName> hosts, Instant expires, Optional<Bytes> used) {}

    private final SortedMap<Digest, Token> tokens = new TreeMap<>();
    private final SortedMap<Revocation, Certificate> identities = new TreeMap<>();
    private final SortedMap<Revocation, LedgerEntry.Revoked> revoked = new TreeMap<>();
    private final SortedMap<NodeId, SortedSet<Name>> roles = new TreeMap<>();
    private final SortedMap<Digest, Long> listNumbers = new TreeMap<>();

    public void on(LedgerEntry entry) {
        switch (entry) {
            case LedgerEntry.TokenIssued issued ->
                    tokens.put(
                            issued.token(),
                            new Token(
                                    issued.node(),
                                    issued.hosts(),
                                    issued.expires(),
                                    Optional.empty()));
            case LedgerEntry.TokenUsed(Digest token, Bytes serialNumber) ->
                    tokens.computeIfPresent(
                            token,
                            (_, known) ->
                                    new Token(
                                            known.node,
                                            known.hosts,
                                            known.expires,
                                            Optional.of(serialNumber)));
            case LedgerEntry.IdentityIssued(Digest issuer, Certificate certificate) ->
                    identities.put(new Revocation(issuer, certificate.serialNumber()), certificate);
            case LedgerEntry.Revoked withdrawn ->
                    revoked.putIfAbsent(withdrawn.certificate(), withdrawn);
            case LedgerEntry.RolesGiven(NodeId node, SortedSet<Name> given) ->
                    roles.put(node, given);
            case LedgerEntry.ListIssued(Digest issuer, long number) ->
                    listNumbers.put(issuer, number);
            case LedgerEntry.BatchIssued _, LedgerEntry.Opened _ -> {}
        }
    }

    public Optional<Token> token(Digest token) {
        return Optional.ofNullable(tokens.get(token));
    }

    /// The identity certificates given out so far.
    public void identities(BiConsumer<Revocation, Certificate> reader) {
        identities.forEach(reader);
    }

    Optional<Certificate> identity(Bytes serialNumber) {
        return identities.values().stream()
                .filter(certificate -> certificate.serialNumber().equals(serialNumber))
                .findFirst();
    }

    /// What a node's transaction certificates may say; empty for a node without roles.
    public SortedSet<Name> roles(NodeId node) {
        return roles.getOrDefault(node, Sorted.copyOf(List.<Name>of()));
    }

    public boolean isRevoked(Revocation certificate) {
        return revoked.containsKey(certificate);
    }

    public Revocations revocations() {
        SortedMap<Revocation, Long> all = new TreeMap<>();
        revoked.keySet().forEach(certificate -> all.put(certificate, 0L));
        return new Revocations(all);
    }

    /// What the CRL of a CA must name at a time.
    SortedMap<Bytes, Instant> revokedBy(Digest issuer, Instant notAfterMin) {
        SortedMap<Bytes, Instant> found = new TreeMap<>();
        revoked.forEach((certificate, withdrawn) -> {
            if (certificate.issuer().equals(issuer)
                    && !withdrawn.notAfter().isBefore(notAfterMin)) {
                found.put(certificate.serialNumber(), withdrawn.at());
            }
        });
        return found;
    }

    long listNumber(Digest issuer) {
        return listNumbers.getOrDefault(issuer, 0L);
    }
}
