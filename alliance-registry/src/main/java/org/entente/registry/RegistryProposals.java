package org.entente.registry;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// What the registry adds to an alliance's own rules about proposals: a founding has no alliance
/// yet, and CAs in a record are those that are registered.
final class RegistryProposals {
    private RegistryProposals() {}

    static AllianceId alliance(Change.Proposed proposed) {
        return switch (proposed) {
            case Change.RecordProposed it -> EpochRecord.FORMAT.decode(it.record()).orThrow().id();
            case Change.ActProposed it -> it.alliance();
        };
    }

    /// Whether a proposal stands on what holds now. Quick: its files are not read.
    static Verdict stands(
            SortedMap<OrganisationId, Organisation> organisations,
            SortedMap<AllianceId, RegisteredAlliance> alliances,
            Change.Proposed proposed) {
        return switch (proposed) {
            case Change.RecordProposed it ->
                    switch (EpochRecord.FORMAT.decode(it.record())) {
                        case Parsed.Refused<EpochRecord>(Verdict.Rejected why) -> why;
                        case Parsed.Value<EpochRecord>(EpochRecord record) -> {
                            Verdict verdict = stands(alliances, it, record);
                            yield verdict.isAccepted()
                                    ? registered(organisations, record)
                                    : verdict;
                        }
                    };
            case Change.ActProposed it -> onTop(alliances, it, it.alliance());
        };
    }

    private static Verdict stands(
            SortedMap<AllianceId, RegisteredAlliance> alliances,
            Change.RecordProposed proposed,
            EpochRecord record) {
        if (record.epoch() != 0) {
            return onTop(alliances, proposed, record.alliance());
        }
        return alliances.containsKey(record.id())
                ? Verdict.rejected(Fault.ALREADY_EXISTS, "the alliance " + record.id() + " stands")
                : Verdict.accepted();
    }

    private static Verdict onTop(
            SortedMap<AllianceId, RegisteredAlliance> alliances,
            Change.Proposed proposed,
            AllianceId id) {
        RegisteredAlliance alliance = alliances.get(id);
        return alliance == null
                ? Verdict.rejected(Fault.NOT_FOUND, "there is no alliance " + id)
                : alliance.charter().stands(proposed);
    }

    /// Whether the files of a proposal that stands agree with it. This takes long.
    static Verdict fits(
            SortedMap<AllianceId, RegisteredAlliance> alliances, Change.Proposed proposed) {
        RegisteredAlliance alliance = alliances.get(alliance(proposed));
        if (alliance != null) {
            return alliance.charter().fits(proposed);
        }
        return switch (proposed) {
            case Change.RecordProposed it -> Terms.read(it, Sorted.empty()).verdict();
            case Change.ActProposed it ->
                    Verdict.rejected(Fault.NOT_FOUND, "there is no alliance " + it.alliance());
        };
    }

    /// Whose proposal it may be.
    static SortedSet<OrganisationId> parties(
            SortedMap<AllianceId, RegisteredAlliance> alliances, Change.Proposed proposed) {
        RegisteredAlliance alliance = alliances.get(alliance(proposed));
        return switch (proposed) {
            case Change.RecordProposed it ->
                    EpochRecord.FORMAT.decode(it.record()).orThrow().parties();
            case Change.ActProposed _ ->
                    alliance == null
                            ? Collections.emptySortedSet()
                            : alliance.charter().record().parties();
        };
    }

    private static Verdict registered(
            SortedMap<OrganisationId, Organisation> organisations, EpochRecord record) {
        for (PartyAuthorities party : record.authorities()) {
            Organisation organisation = organisations.get(party.organisation());
            if (organisation == null) {
                return Verdict.rejected(Fault.UNKNOWN_ORGANISATION, party.organisation());
            }
            if (!RegistryCertificates.listing(organisation.newest()).equals(party)) {
                return Verdict.rejected(
                        Fault.OUTDATED,
                        "the CAs of " + party.organisation() + " are not those registered now");
            }
        }
        return Verdict.accepted();
    }

    static Parsed<Electorate> electorate(
            SortedMap<AllianceId, RegisteredAlliance> alliances, Change.Proposed proposed) {
        RegisteredAlliance alliance = alliances.get(alliance(proposed));
        if (alliance != null) {
            return alliance.charter().electorate(proposed);
        }
        return switch (proposed) {
            case Change.RecordProposed it ->
                    Terms.reread(it, Sorted.empty()).map(Amending::founding);
            case Change.ActProposed it ->
                    Parsed.refused(Fault.NOT_FOUND, "there is no alliance " + it.alliance());
        };
    }

    /// Whether a record names the node as an agent with the key that it is registered with.
    static boolean lists(Change.Proposed proposed, RegisteredNode node) {
        return switch (proposed) {
            case Change.RecordProposed it ->
                    EpochRecord.FORMAT
                            .decode(it.record())
                            .orThrow()
                            .agent(node.id())
                            .filter(agent -> agent.key().equals(node.certificate().key()))
                            .isPresent();
            case Change.ActProposed _ -> false;
        };
    }

    /// Whether a revocation names the node's certificate, or the CA above it.
    static boolean isIssuedBy(
            SortedMap<OrganisationId, Organisation> organisations,
            RegisteredNode node,
            Revocation revocation) {
        Organisation organisation = organisations.get(node.id().organisation());
        if (organisation == null) {
            return false;
        }
        for (Authorities authorities : organisation.generations()) {
            Optional<Certificate> issuer = authorities.issuerOf(node.certificate());
            if (issuer.isPresent()) {
                Revocation own =
                        new Revocation(issuer.get().digest(), node.certificate().serialNumber());
                Revocation above =
                        new Revocation(authorities.root().digest(), issuer.get().serialNumber());
                return revocation.equals(own) || revocation.equals(above);
            }
        }
        return false;
    }
}
