package org.entente.registry;

import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Founding, amending, suspending, resuming, dissolving: what fits, and whose approval it needs
/// (protocol.md §2.4, §2.7, §3).
///
/// Suspension stops and takes nothing, so weight alone is enough for it; a new record needs those
/// whose resources it touches, resumption and dissolution the owners of every chain in a flow.
final class Amending {
    private Amending() {}

    /// Every party signs record 0 with its root key.
    static Electorate founding(Terms terms) {
        TreeMap<Approver, VerifyingKey> roots = new TreeMap<>();
        for (PartyAuthorities party : terms.record().authorities()) {
            roots.put(new Approver.Root(party.organisation()), party.root().key());
        }
        return new Electorate(
                roots,
                Sorted.empty(),
                0,
                List.of(),
                new TreeSet<>(),
                Sorted.copyOf(roots.keySet()),
                new TreeSet<>());
    }

    /// Whether a proposal stands on what holds: all that can change while it is open, and quick.
    static Verdict stands(Charter charter, Change.Proposed proposed) {
        Verdict verdict = charter.undissolved();
        if (!verdict.isAccepted()) {
            return verdict;
        }
        return switch (proposed) {
            case Change.RecordProposed it ->
                    switch (EpochRecord.FORMAT.decode(it.record())) {
                        case Parsed.Refused<EpochRecord>(Verdict.Rejected why) -> why;
                        case Parsed.Value<EpochRecord>(EpochRecord next) -> follows(charter, next);
                    };
            case Change.ActProposed it -> fits(charter, it);
        };
    }

    /// Whether a proposal may be decided on top of what holds, its files included.
    static Verdict fits(Charter charter, Change.Proposed proposed) {
        Verdict verdict = stands(charter, proposed);
        return verdict.isAccepted() && proposed instanceof Change.RecordProposed it
                ? switch (Terms.read(it, charter.terms().files())) {
                    case Parsed.Refused<Terms>(Verdict.Rejected why) -> why;
                    case Parsed.Value<Terms>(Terms next) -> fits(charter, next);
                }
                : verdict;
    }

    private static Verdict fits(Charter charter, Terms next) {
        if (!next.record().recovery().equals(charter.record().recovery())) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE, "the recovery keys are those of record 0 for good");
        }
        for (PartyAuthorities party : next.record().authorities()) {
            if (charter.isParty(party.organisation())
                    && !party.equals(charter.authorities(party.organisation()))) {
                return Verdict.rejected(
                        Fault.NOT_YOURS,
                        "only " + party.organisation() + " itself replaces its CAs, by rotation");
            }
        }
        return Verdict.accepted();
    }

    private static Verdict follows(Charter charter, EpochRecord next) {
        if (!next.id().equals(charter.id())) {
            return Verdict.rejected(Fault.NOT_FOUND, "another alliance: " + next.id());
        }
        if (!next.previous().equals(charter.terms().digest())
                || next.epoch() != charter.record().epoch() + 1) {
            return Verdict.rejected(
                    Fault.OUTDATED,
                    "epoch "
                            + charter.record().epoch()
                            + " is in force, record "
                            + next.epoch()
                            + " stands on another");
        }
        return Verdict.accepted();
    }

    private static Verdict fits(Charter charter, Change.ActProposed act) {
        if (!act.record().equals(charter.terms().digest()) || act.number() != charter.acts()) {
            return Verdict.rejected(
                    Fault.OUTDATED,
                    "epoch "
                            + charter.record().epoch()
                            + " is in force after "
                            + charter.acts()
                            + " acts");
        }
        return charter.standing().allows(act.act())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.ALLIANCE_STATE,
                        act.act() + " does not follow on " + charter.standing());
    }

    static Parsed<Electorate> electorate(Charter charter, Change.Proposed proposed) {
        return switch (proposed) {
            case Change.RecordProposed it ->
                    Terms.reread(it, charter.terms().files()).map(next -> amending(charter, next));
            case Change.ActProposed it -> Parsed.of(acting(charter, it.act()));
        };
    }

    private static Electorate amending(Charter charter, Terms next) {
        SortedMap<Approver, VerifyingKey> keys = agents(charter);
        TreeSet<OrganisationId> touched = new TreeSet<>(charter.terms().touched(next));
        touched.removeIf(organisation -> !charter.isParty(organisation));
        addRoots(charter, touched, keys);
        TreeSet<Approver> joining = new TreeSet<>();
        for (PartyAuthorities party : next.record().authorities()) {
            if (!charter.isParty(party.organisation())) {
                Approver root = new Approver.Root(party.organisation());
                joining.add(root);
                keys.put(root, party.root().key());
            }
        }
        TreeSet<Approver> recovering = new TreeSet<>();
        charter.record()
                .recovery()
                .keys()
                .forEach((organisation, key) -> {
                    Approver approver = new Approver.Recovering(organisation);
                    recovering.add(approver);
                    keys.put(approver, key);
                });
        return new Electorate(
                keys,
                weights(charter, next.record().struck()),
                charter.record().totalWeight(),
                charter.terms().amendment(),
                touched,
                joining,
                recovering);
    }

    private static Electorate acting(Charter charter, Act act) {
        SortedMap<Approver, VerifyingKey> keys = agents(charter);
        TreeSet<OrganisationId> consenting = new TreeSet<>();
        if (act != Act.SUSPEND) {
            charter.terms()
                    .flows()
                    .values()
                    .forEach(flow -> consenting.addAll(charter.terms().owners(flow)));
            addRoots(charter, consenting, keys);
        }
        return new Electorate(
                keys,
                weights(charter, List.of()),
                charter.record().totalWeight(),
                charter.terms().amendment(),
                consenting,
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static SortedMap<Approver, VerifyingKey> agents(Charter charter) {
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        charter.record()
                .agents()
                .forEach(agent -> keys.put(new Approver.Node(agent.id()), agent.key()));
        return keys;
    }

    private static void addRoots(
            Charter charter,
            SortedSet<OrganisationId> organisations,
            SortedMap<Approver, VerifyingKey> keys) {
        organisations.forEach(organisation ->
                keys.put(
                        new Approver.Root(organisation),
                        charter.authorities(organisation).root().key()));
    }

    private static SortedMap<NodeId, Long> weights(Charter charter, List<VerifyingKey> struck) {
        TreeMap<NodeId, Long> weights = new TreeMap<>();
        charter.record().agents().stream()
                .filter(agent -> !struck.contains(agent.key()))
                .forEach(agent -> weights.put(agent.id(), agent.weight()));
        return weights;
    }
}
