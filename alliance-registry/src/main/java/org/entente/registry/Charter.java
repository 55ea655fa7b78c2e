package org.entente.registry;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.FlowName;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// What holds in an alliance, as far as it follows from its changes alone and not from their place
/// in its log. The registry keeps one to judge what comes in; the alliance's own fold keeps the
/// same one to judge what the relay appends.
///
/// @param acts how many acts it has seen
/// @param authorities of each party every generation it has seen, the newest last
public record Charter(
        Terms terms,
        Standing standing,
        int acts,
        SortedMap<OrganisationId, List<PartyAuthorities>> authorities,
        SortedMap<Brake, Brake.State> brakes) {
    public Charter {
        authorities = Sorted.copyOf(authorities);
        brakes = Sorted.copyOf(brakes);
    }

    /// What the approved record 0 begins.
    static Charter founded(Terms terms) {
        return new Charter(terms, Standing.ACTIVE, 0, Sorted.empty(), Sorted.empty())
                .withAuthoritiesOf(terms);
    }

    public AllianceId id() {
        return terms.record().id();
    }

    public EpochRecord record() {
        return terms.record();
    }

    public boolean isParty(OrganisationId organisation) {
        return authorities.containsKey(organisation)
                && record().authorities(organisation).isPresent();
    }

    /// The CA keys in force: the record's, or those of a rotation since.
    public PartyAuthorities authorities(OrganisationId party) {
        List<PartyAuthorities> generations = authorities.get(party);
        if (generations == null) {
            throw new IllegalStateException(party + " is no party of " + id());
        }
        return generations.getLast();
    }

    /// Who has paused the flow; it runs when nobody has. The brake of an organisation that owns
    /// neither chain any more counts for nothing: it could not release it.
    public SortedSet<OrganisationId> pausedBy(FlowName flow) {
        SortedSet<OrganisationId> owners =
                terms.flow(flow).map(terms::owners).orElseGet(Collections::emptySortedSet);
        return Sorted.copyOf(
                owners.stream()
                        .filter(owner ->
                                brake(new Brake(flow, owner)).position() == Brake.Position.PULLED)
                        .toList());
    }

    public boolean isRunning(FlowName flow) {
        return standing == Standing.ACTIVE
                && terms.flow(flow).isPresent()
                && pausedBy(flow).isEmpty();
    }

    public Brake.State brake(Brake brake) {
        return brakes.getOrDefault(brake, Brake.State.UNTOUCHED);
    }

    /// Whether a proposal stands on what holds; says nothing about its files.
    Verdict stands(Change.Proposed proposed) {
        return Amending.stands(this, proposed);
    }

    /// Whether a proposal fits on top of what holds; says nothing about approvals.
    public Verdict fits(Change.Proposed proposed) {
        return Amending.fits(this, proposed);
    }

    /// Whose approval a fitting proposal needs.
    public Parsed<Electorate> electorate(Change.Proposed proposed) {
        return Amending.electorate(this, proposed);
    }

    /// Whether a change as the alliance's log would carry it holds: a proposal with all its
    /// approvals, everything else as it was signed.
    public Verdict check(SignedChange signed, Verifier verifier) {
        return CharterCheck.check(this, signed, verifier);
    }

    /// What holds after a checked change.
    Charter apply(SignedChange signed) {
        return switch (signed.change()) {
            case Change.RecordProposed it -> amended(Terms.reread(it, terms.files()).orThrow());
            case Change.ActProposed it ->
                    new Charter(terms, Standing.after(it.act()), acts + 1, authorities, brakes);
            case Change.AuthoritiesRotated it ->
                    withAuthorities(RegistryCertificates.listing(it.certificates()).orThrow());
            case Change.FlowPaused it ->
                    withBrake(new Brake(it.flow(), it.organisation()), Brake.Position.PULLED);
            case Change.FlowResumed it ->
                    withBrake(new Brake(it.flow(), it.organisation()), Brake.Position.RELEASED);
            case Change.CertificateRevoked _, Change.CertificateOpened _ -> this;
            case Change.OrganisationEnrolled _,
                    Change.ChainAdded _,
                    Change.NodeAdded _,
                    Change.NodeRenewed _,
                    Change.RequirementFiled _,
                    Change.RequirementWithdrawn _,
                    Change.Approved _,
                    Change.OpeningDemanded _ ->
                    throw new IllegalStateException("no change of an alliance: " + signed);
        };
    }

    private Charter amended(Terms next) {
        return new Charter(next, standing, acts, authorities, brakes).withAuthoritiesOf(next);
    }

    private Charter withAuthoritiesOf(Terms next) {
        Charter charter = this;
        for (PartyAuthorities party : next.record().authorities()) {
            charter = charter.withAuthorities(party);
        }
        return charter;
    }

    private Charter withAuthorities(PartyAuthorities next) {
        List<PartyAuthorities> generations =
                new ArrayList<>(authorities.getOrDefault(next.organisation(), List.of()));
        if (generations.contains(next)) {
            return this;
        }
        generations.add(next);
        return new Charter(
                terms,
                standing,
                acts,
                Sorted.with(authorities, next.organisation(), List.copyOf(generations)),
                brakes);
    }

    private Charter withBrake(Brake brake, Brake.Position position) {
        Brake.State next = new Brake.State(brake(brake).number() + 1, position);
        return new Charter(terms, standing, acts, authorities, Sorted.with(brakes, brake, next));
    }

    Verdict undissolved() {
        return standing == Standing.DISSOLVED
                ? Verdict.rejected(Fault.ALLIANCE_STATE, "the alliance is dissolved")
                : Verdict.accepted();
    }
}
