package org.entente.registry;

import org.entente.certs.Verifier;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Judges what an alliance's log is given, from the alliance's own state alone: whoever has the log
/// can repeat it, and a lying relay can add nothing.
final class CharterCheck {
    private CharterCheck() {}

    static Verdict check(Charter charter, SignedChange signed, Verifier verifier) {
        return switch (signed.change()) {
            case Change.Proposed it -> decided(charter, it, signed.approvals(), verifier);
            case Change.AuthoritiesRotated it -> rotated(charter, it, signed, verifier);
            case Change.CertificateRevoked it ->
                    byAuthority(charter, it.organisation(), signed, verifier);
            case Change.CertificateOpened it ->
                    byAuthority(charter, it.organisation(), signed, verifier);
            case Change.FlowPaused it ->
                    brake(
                            charter,
                            new Brake(it.flow(), it.organisation()),
                            new Brake.State(it.number(), Brake.Position.PULLED),
                            signed,
                            verifier);
            case Change.FlowResumed it ->
                    brake(
                            charter,
                            new Brake(it.flow(), it.organisation()),
                            new Brake.State(it.number(), Brake.Position.RELEASED),
                            signed,
                            verifier);
            case Change.OrganisationEnrolled _,
                    Change.ChainAdded _,
                    Change.NodeAdded _,
                    Change.NodeRenewed _,
                    Change.RequirementFiled _,
                    Change.RequirementWithdrawn _,
                    Change.Approved _,
                    Change.OpeningDemanded _ ->
                    Verdict.rejected(
                            Fault.INVALID_VALUE,
                            "not for an alliance's log: "
                                    + signed.change().getClass().getSimpleName());
        };
    }

    /// Record 0 with every party's signature.
    static Verdict founding(SignedChange signed, Verifier verifier) {
        if (!(signed.change() instanceof Change.RecordProposed proposed)) {
            return Verdict.rejected(Fault.INVALID_VALUE, "an alliance's log begins with record 0");
        }
        return switch (Terms.read(proposed, Sorted.empty())) {
            case Parsed.Refused<Terms>(Verdict.Rejected why) -> why;
            case Parsed.Value<Terms>(Terms terms) when terms.record().epoch() != 0 ->
                    Verdict.rejected(Fault.INVALID_VALUE, "an alliance's log begins with record 0");
            case Parsed.Value<Terms>(Terms terms) ->
                    elected(Amending.founding(terms), proposed, signed.approvals(), verifier);
        };
    }

    private static Verdict decided(
            Charter charter, Change.Proposed proposed, Approvals approvals, Verifier verifier) {
        Verdict fits = Amending.fits(charter, proposed);
        if (!fits.isAccepted()) {
            return fits;
        }
        return elected(
                Amending.electorate(charter, proposed).orThrow(), proposed, approvals, verifier);
    }

    private static Verdict elected(
            Electorate electorate,
            Change.Proposed proposed,
            Approvals approvals,
            Verifier verifier) {
        Verdict verdict =
                Signatures.each(electorate.keys(), approvals, proposed.subject(), verifier);
        return verdict.isAccepted()
                ? electorate.isPassedBy(approvals.list().stream().map(Approval::approver).toList())
                : verdict;
    }

    private static Verdict rotated(
            Charter charter,
            Change.AuthoritiesRotated rotated,
            SignedChange signed,
            Verifier verifier) {
        if (!charter.isParty(rotated.organisation())) {
            return notAParty(rotated.organisation());
        }
        return switch (RegistryCertificates.listing(rotated.certificates())) {
            case Parsed.Refused<PartyAuthorities>(Verdict.Rejected why) -> why;
            case Parsed.Value<PartyAuthorities>(PartyAuthorities next)
                    when !next.organisation().equals(rotated.organisation()) ->
                    Verdict.rejected(Fault.FOREIGN_TRUST_DOMAIN, "CAs of " + next.organisation());
            case Parsed.Value<PartyAuthorities>(PartyAuthorities next) ->
                    Signatures.allOf(
                            rotating(charter.authorities(rotated.organisation()).root(), next),
                            signed.approvals(),
                            signed.digest(),
                            verifier);
        };
    }

    /// The old root gives over, the new one takes; they are one when the root stays.
    static SortedMap<Approver, VerifyingKey> rotating(
            PartyAuthorities.Authority before, PartyAuthorities next) {
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(new Approver.Root(next.organisation()), before.key());
        if (!before.equals(next.root())) {
            keys.put(
                    new Approver.Issuer(next.organisation(), next.root().certificate()),
                    next.root().key());
        }
        return keys;
    }

    private static Verdict byAuthority(
            Charter charter, OrganisationId organisation, SignedChange signed, Verifier verifier) {
        if (!charter.isParty(organisation)) {
            return notAParty(organisation);
        }
        List<PartyAuthorities> known = charter.authorities().getOrDefault(organisation, List.of());
        Optional<Digest> responsible = responsible(signed.change());
        return responsible.isPresent() && !isCaOf(known, responsible.get())
                ? Verdict.rejected(
                        Fault.NOT_YOURS, "no CA of " + organisation + " is " + responsible.get())
                : Signatures.oneOf(
                        keysAsOf(organisation, known, signed),
                        signed.approvals(),
                        signed.digest(),
                        verifier);
    }

    /// The one CA that may sign a change beside the root; empty where any transaction CA may.
    static Optional<Digest> responsible(Change change) {
        return change instanceof Change.CertificateRevoked revoked
                ? Optional.of(revoked.issuer())
                : Optional.empty();
    }

    /// An organisation speaks for certificates of its own CAs alone.
    private static boolean isCaOf(List<PartyAuthorities> generations, Digest certificate) {
        return generations.stream().anyMatch(generation -> generation.contains(certificate));
    }

    static SortedMap<Approver, VerifyingKey> authorityKeys(
            OrganisationId organisation,
            List<PartyAuthorities> generations,
            Optional<Digest> responsible) {
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(new Approver.Root(organisation), generations.getLast().root().key());
        for (PartyAuthorities generation : generations) {
            List<PartyAuthorities.Authority> cas =
                    responsible.isPresent() ? generation.all() : List.of(generation.transaction());
            for (PartyAuthorities.Authority ca : cas) {
                if (responsible.isEmpty() || responsible.get().equals(ca.certificate())) {
                    keys.put(new Approver.Issuer(organisation, ca.certificate()), ca.key());
                }
            }
        }
        return keys;
    }

    /// The keys that count in the alliance's log. A revocation may have been signed, and judged by
    /// the registry, while an earlier root was in force and its organisation was no party. So the
    /// root of each known generation counts there, but for no CA that came after it: a root that
    /// was replaced because it was stolen revokes nothing new.
    private static SortedMap<Approver, VerifyingKey> keysAsOf(
            OrganisationId organisation, List<PartyAuthorities> generations, SignedChange signed) {
        Optional<Digest> responsible = responsible(signed.change());
        SortedMap<Approver, VerifyingKey> keys =
                authorityKeys(organisation, generations, responsible);
        Approver root = new Approver.Root(organisation);
        for (Approval approval : signed.approvals().list()) {
            if (responsible.isPresent()
                    && approval.approver().equals(root)
                    && isRootSince(generations, responsible.get(), approval.key())) {
                keys.put(root, approval.key());
            }
        }
        return keys;
    }

    private static boolean isRootSince(
            List<PartyAuthorities> generations, Digest certificate, VerifyingKey root) {
        return generations.stream()
                .dropWhile(generation -> !generation.contains(certificate))
                .anyMatch(generation -> generation.root().key().equals(root));
    }

    private static Verdict brake(
            Charter charter,
            Brake brake,
            Brake.State asked,
            SignedChange signed,
            Verifier verifier) {
        Verdict verdict = charter.undissolved();
        if (verdict.isAccepted()) {
            verdict = mayBrake(charter, brake);
        }
        if (!verdict.isAccepted()) {
            return verdict;
        }
        Brake.State now = charter.brake(brake);
        if (now.position() == asked.position()) {
            return Verdict.rejected(
                    Fault.FLOW_STATE,
                    brake.flow()
                            + " is already "
                            + now.position()
                            + " for "
                            + brake.organisation());
        }
        if (now.number() != asked.number()) {
            return Verdict.rejected(
                    Fault.OUTDATED,
                    "the number is " + now.number() + " now, not " + asked.number());
        }
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(
                new Approver.Root(brake.organisation()),
                charter.authorities(brake.organisation()).root().key());
        charter.record().agents().stream()
                .filter(agent -> agent.id().organisation().equals(brake.organisation()))
                .forEach(agent -> keys.put(new Approver.Node(agent.id()), agent.key()));
        return Signatures.oneOf(keys, signed.approvals(), signed.digest(), verifier);
    }

    private static Verdict mayBrake(Charter charter, Brake brake) {
        FlowName name = brake.flow();
        Optional<Flow> flow = charter.terms().flow(name);
        if (flow.isEmpty()) {
            return Verdict.rejected(Fault.UNKNOWN_FLOW, name);
        }
        if (!charter.isParty(brake.organisation())) {
            return notAParty(brake.organisation());
        }
        return charter.terms().owners(flow.get()).contains(brake.organisation())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.NOT_YOURS,
                        brake.organisation() + " owns neither chain of the flow " + name);
    }

    /// Whether the alliance can check who signed and about whose certificate: a generation of CAs
    /// from before it is unknown to it, and so is what that generation issued.
    static boolean knowsSigners(Charter charter, OrganisationId organisation, SignedChange signed) {
        if (signed.change() instanceof Change.AuthoritiesRotated) {
            return true;
        }
        List<PartyAuthorities> known = charter.authorities().getOrDefault(organisation, List.of());
        Optional<Digest> responsible = responsible(signed.change());
        if (known.isEmpty() || (responsible.isPresent() && !isCaOf(known, responsible.get()))) {
            return false;
        }
        SortedMap<Approver, VerifyingKey> keys = keysAsOf(organisation, known, signed);
        return signed.approvals().list().stream()
                .allMatch(approval -> approval.key().equals(keys.get(approval.approver())));
    }

    static Verdict notAParty(OrganisationId organisation) {
        return Verdict.rejected(Fault.NOT_A_PARTY, organisation + " is no party");
    }
}
