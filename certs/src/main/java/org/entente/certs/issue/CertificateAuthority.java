package org.entente.certs.issue;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.certs.HostName;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.SigningRequest;
import org.entente.certs.Subject;
import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The organisation's CA: invites nodes, certifies them, withdraws and opens (protocol.md §2.1 to
/// §2.3). Every answer is in the ledger before it is given.
public final class CertificateAuthority {
    public static final int BATCH_MAX = 64;
    public static final Duration TOKEN_LIFETIME_MAX = Duration.ofDays(7);

    private final List<Generation> generations;
    private final Ledger ledger;
    private final SecureRandom random;
    private final Judge judge;
    private final CertificateIssuer issuer;

    /// @param generations oldest first; the last one certifies, the earlier ones are still believed
    ///   and still publish their CRLs
    public CertificateAuthority(
            List<Generation> generations, Ledger ledger, Verifier verifier, SecureRandom random) {
        if (generations.isEmpty()) {
            throw new IllegalArgumentException("a CA has at least one generation");
        }
        this.generations = Collections.unmodifiableList(generations);
        this.ledger = ledger;
        this.random = random;
        this.judge = new Judge(verifier);
        this.issuer = new CertificateIssuer(generations.getLast(), random);
    }

    public OrganisationId organisation() {
        return current().organisation();
    }

    public Authorities current() {
        return generations.getLast().authorities();
    }

    public List<Authorities> all() {
        return generations.stream().map(Generation::authorities).toList();
    }

    /// An invitation that leaves the node's roles as they are.
    ///
    /// @param hosts which names of servers the node may have certified
    public Parsed<Invitation> invite(
            NodeId node, SortedSet<HostName> hosts, Duration lifetime, Instant now)
            throws LedgerUnavailable {
        return invite(node, hosts, lifetime, now, List.of());
    }

    /// An invitation with which the node's transaction certificates carry these roles, and no
    /// others, from now on.
    public Parsed<Invitation> invite(
            NodeId node,
            SortedSet<HostName> hosts,
            SortedSet<Name> roles,
            Duration lifetime,
            Instant now)
            throws LedgerUnavailable {
        return invite(node, hosts, lifetime, now, List.of(new LedgerEntry.RolesGiven(node, roles)));
    }

    private Parsed<Invitation> invite(
            NodeId node,
            SortedSet<HostName> hosts,
            Duration lifetime,
            Instant now,
            List<LedgerEntry> more)
            throws LedgerUnavailable {
        if (!node.organisation().equals(organisation())) {
            return Parsed.refused(
                    Fault.FOREIGN_TRUST_DOMAIN, node + " is not of " + organisation());
        }
        if (lifetime.isNegative()
                || lifetime.isZero()
                || lifetime.compareTo(TOKEN_LIFETIME_MAX) > 0) {
            return Parsed.refused(
                    Fault.INVALID_VALUE,
                    "a token lives up to " + TOKEN_LIFETIME_MAX + ", not " + lifetime);
        }
        Invitation invitation =
                new Invitation(node, hosts, Fresh.token(random), now.plus(lifetime));
        var entry =
                new LedgerEntry.TokenIssued(
                        hash(invitation.token()), node, hosts, invitation.expires());
        List<LedgerEntry> entries = new ArrayList<>(more);
        entries.add(entry);
        return ledger.decide(_ -> Parsed.of(new Ledger.Decision<>(invitation, entries)));
    }

    /// A token gives one certificate. The same key asking again with it gets that same certificate:
    /// the first answer may have been lost.
    public Parsed<Certificate> enrol(NodeId node, String token, SigningRequest request, Instant now)
            throws LedgerUnavailable {
        Digest hash = hash(token);
        return ledger.decide(state -> {
            Optional<LedgerState.Token> known =
                    state.token(hash).filter(found -> found.node().equals(node));
            if (known.isEmpty()) {
                return Parsed.refused(Fault.TOKEN_UNKNOWN, "no such token for " + node);
            }
            LedgerState.Token found = known.get();
            if (found.used().isPresent()) {
                return again(found, state, request);
            }
            return enrol(hash, found, request, now);
        });
    }

    private static Parsed<Ledger.Decision<Certificate>> again(
            LedgerState.Token token, LedgerState state, SigningRequest request) {
        return token.used()
                .flatMap(state::identity)
                .filter(given -> given.key().equals(request.key()))
                .map(given -> Parsed.of(new Ledger.Decision<>(given, List.of())))
                .orElseGet(() ->
                        Parsed.refused(
                                Fault.TOKEN_USED,
                                "the token of " + token.node() + " was used before"));
    }

    private Parsed<Ledger.Decision<Certificate>> enrol(
            Digest hash, LedgerState.Token token, SigningRequest request, Instant now) {
        if (now.isAfter(token.expires())) {
            return Parsed.refused(
                    Fault.TOKEN_EXPIRED, "the token ended " + token.expires() + ", it is " + now);
        }
        return issuer.identity(token.node(), token.hosts(), request, now)
                .map(certificate ->
                        new Ledger.Decision<>(
                                certificate,
                                List.of(
                                        new LedgerEntry.TokenUsed(hash, certificate.serialNumber()),
                                        new LedgerEntry.IdentityIssued(
                                                current().enrolment().digest(), certificate))));
    }

    /// Renews the certificate that a node shows, with its old key or another; the old certificate
    /// holds until it ends or is revoked.
    public Parsed<Certificate> reenrol(Certificate shown, SigningRequest request, Instant now)
            throws LedgerUnavailable {
        return ledger.decide(state ->
                standing(shown, state, now)
                        .then(node -> issuer.identity(node.id(), node.hosts(), request, now))
                        .map(certificate ->
                                new Ledger.Decision<>(
                                        certificate,
                                        List.of(
                                                new LedgerEntry.IdentityIssued(
                                                        current().enrolment().digest(),
                                                        certificate)))));
    }

    /// Certifies fresh keys of a node, in an order of its own: the holder finds its certificates by
    /// their keys. All or none. Whether the node may have that grant is the caller's to know.
    public Parsed<List<Certificate>> batch(
            Certificate holder, Grant grant, List<SigningRequest> requests, Instant now)
            throws LedgerUnavailable {
        return ledger.decide(state ->
                standing(holder, state, now)
                        .then(node ->
                                issuer.batch(grant, requests, state, now)
                                        .map(batch -> remembered(node.id(), batch))));
    }

    private Ledger.Decision<List<Certificate>> remembered(NodeId holder, List<Certificate> batch) {
        return new Ledger.Decision<>(
                batch,
                List.of(
                        new LedgerEntry.BatchIssued(
                                current().transaction().digest(),
                                holder,
                                batch.getFirst().notAfter(),
                                batch.stream().map(Certificate::serialNumber).toList())));
    }

    private Parsed<Subject.Node> standing(Certificate shown, LedgerState state, Instant now) {
        Verdict verdict = judge.identity(shown, all(), state.revocations(), Moment.now(now));
        return switch (verdict) {
            case Verdict.Rejected why -> new Parsed.Refused<>(why);
            case Verdict.Accepted _ ->
                    shown.body().subject() instanceof Subject.Node node
                            ? Parsed.of(node)
                            : Parsed.refused(Fault.WRONG_USAGE, shown);
        };
    }

    private static Digest hash(String token) {
        return Digest.of(Bytes.utf8(token));
    }
}
