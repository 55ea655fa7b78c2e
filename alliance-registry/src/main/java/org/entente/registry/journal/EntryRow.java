package org.entente.registry.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.log.Entry;
import org.entente.registry.Approval;
import org.entente.registry.Change;
import org.entente.registry.ChangeEntry;
import org.entente.registry.EpochRecord;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One entry of a log as people look for it.
///
/// @param kind the name of the change's kind: `NodeAdded`; or `Exchange`, `Cancel`, `Settled`
/// @param change the digest of the change's bytes, or the entry's submission
/// @param organisations those that signed it and the one it names
/// @param alliance whose log this is, or which alliance the change in the registry's log names; an
///   approval names only its proposal
public record EntryRow(
        String log,
        long serial,
        String kind,
        Digest change,
        SortedSet<OrganisationId> organisations,
        Optional<AllianceId> alliance,
        Instant time) {
    public EntryRow {
        organisations = Sorted.copyOf(organisations);
    }

    /// Of an entry that records a change.
    public static EntryRow of(String log, ChangeEntry entry) {
        Change change = entry.change().change();
        TreeSet<OrganisationId> organisations = new TreeSet<>();
        named(change).ifPresent(organisations::add);
        for (Approval approval : entry.change().approvals().list()) {
            organisations.add(approval.approver().organisation());
        }
        return new EntryRow(
                log,
                entry.serial(),
                change.getClass().getSimpleName(),
                entry.change().digest(),
                organisations,
                log.equals(LogFold.REGISTRY)
                        ? alliance(change)
                        : Optional.of(AllianceId.fromHex(log)),
                entry.time());
    }

    /// Of an alliance's entry about an exchange.
    ///
    /// @param organisation whose request it is, where the entry says so
    public static EntryRow of(
            AllianceId alliance, Entry entry, Optional<OrganisationId> organisation) {
        String kind =
                switch (entry.kind()) {
                    case EXCHANGE -> "Exchange";
                    case CANCEL -> "Cancel";
                    case SETTLED -> "Settled";
                    case CHANGE ->
                            throw new IllegalArgumentException("a change has a kind of its own");
                };
        return new EntryRow(
                alliance.toString(),
                entry.serial(),
                kind,
                entry.submission(),
                Sorted.copyOf(organisation.stream().toList()),
                Optional.of(alliance),
                entry.time());
    }

    EntryCursor cursor() {
        return new EntryCursor(time, log, serial);
    }

    /// The hash of all rows of a log up to this one. It finds accidents; what must convince others
    /// is the log's own tree.
    Digest chained(Digest before) {
        String line =
                String.join(
                        "\n",
                        before.hex(),
                        log,
                        Long.toString(serial),
                        kind,
                        change.hex(),
                        organisations.stream()
                                .map(OrganisationId::domain)
                                .collect(Collectors.joining(",")),
                        alliance.map(AllianceId::toString).orElse(""),
                        Long.toString(time.toEpochMilli()));
        return Digest.of(Bytes.utf8(line));
    }

    private static Optional<OrganisationId> named(Change change) {
        return switch (change) {
            case Change.OrganisationEnrolled it -> Optional.of(it.organisation());
            case Change.AuthoritiesRotated it -> Optional.of(it.organisation());
            case Change.ChainAdded it -> Optional.of(it.owner());
            case Change.RequirementWithdrawn it -> Optional.of(it.node().organisation());
            case Change.Approved it -> Optional.of(it.approval().approver().organisation());
            case Change.CertificateRevoked it -> Optional.of(it.organisation());
            case Change.OpeningDemanded it -> Optional.of(it.organisation());
            case Change.CertificateOpened it -> Optional.of(it.organisation());
            case Change.FlowPaused it -> Optional.of(it.organisation());
            case Change.FlowResumed it -> Optional.of(it.organisation());
            case Change.NodeAdded _,
                    Change.NodeRenewed _,
                    Change.RequirementFiled _,
                    Change.RecordProposed _,
                    Change.ActProposed _ ->
                    Optional.empty();
        };
    }

    private static Optional<AllianceId> alliance(Change change) {
        return switch (change) {
            case Change.RecordProposed it ->
                    Optional.of(EpochRecord.FORMAT.decode(it.record()).orThrow().id());
            case Change.ActProposed it -> Optional.of(it.alliance());
            case Change.FlowPaused it -> Optional.of(it.alliance());
            case Change.FlowResumed it -> Optional.of(it.alliance());
            case Change.OrganisationEnrolled _,
                    Change.AuthoritiesRotated _,
                    Change.ChainAdded _,
                    Change.NodeAdded _,
                    Change.NodeRenewed _,
                    Change.RequirementFiled _,
                    Change.RequirementWithdrawn _,
                    Change.Approved _,
                    Change.CertificateRevoked _,
                    Change.OpeningDemanded _,
                    Change.CertificateOpened _ ->
                    Optional.empty();
        };
    }
}
