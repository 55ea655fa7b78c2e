package org.entente.client.cli.alliance;

import org.entente.client.ContractFiles;
import org.entente.client.Failure;
import org.entente.client.PrivateFile;
import org.entente.client.Refused;
import org.entente.client.RelayStatus;
import org.entente.client.Submitted;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.Name;
import org.entente.registry.Change;
import org.entente.registry.ContractDraft;
import org.entente.registry.EpochRecord;
import org.entente.registry.Matching;
import org.entente.registry.RecordDraft;
import org.entente.registry.Registry;
import org.entente.registry.RelayListing;
import org.entente.registry.SuggestedAlliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// `alliance draft`: composes epoch record 0 and proposes it, or writes the skeleton of a contract
/// from what matches.
final class AllianceDraft implements Command {
    private static final Parameter<Path> FILES =
            Parameter.arguments(
                            "FILE", "the alliance contract and its flows' node contracts", Path::of)
                    .whenNeeded();
    private static final Parameter<Path> FROM_MATCHES =
            Parameter.optional(
                    "--from-matches",
                    "OUT",
                    "instead: write the skeleton of a contract that the matches suggest",
                    Path::of);
    private static final Parameter<Name> NAME =
            Parameter.optional(
                    "--name", "NAME", "the skeleton's name, 'exchange' if not said", Name::new);

    @Override
    public Usage usage() {
        return new Usage(
                "draft",
                "Compose epoch record 0 from contracts and the registry, and propose it to the"
                        + " parties.",
                "the registry log; with --from-matches the file OUT alone.",
                "entente alliance draft contract.json orders.json --org alpha",
                List.of(
                        FILES,
                        FROM_MATCHES,
                        NAME,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        call.exactlyOne(FILES, FROM_MATCHES);
        return call.has(FROM_MATCHES) ? skeleton(call) : propose(call);
    }

    private static Answer propose(Call call) throws Failure {
        ContractFiles files = ContractFiles.read(call.all(FILES));
        try (Office office = Office.ofEither(call)) {
            Registry registry = office.registry();
            Change.RecordProposed proposed =
                    Refused.unless(
                            RecordDraft.founding(
                                    registry,
                                    listing(office.desk()),
                                    files.contracts(),
                                    files.nodeContracts()));
            EpochRecord record = EpochRecord.FORMAT.decode(proposed.record()).orThrow();
            Submitted submitted = office.desk().submit(office.signatory().sign(proposed));
            return office.desk()
                    .logged(
                            "proposed: alliance " + proposed.subject() + " of " + record.parties(),
                            submitted,
                            Fields.of("proposal", proposed.subject())
                                    .and("parties", record.parties()))
                    .next(
                            "every party signs: entente alliance sign "
                                    + proposed.subject()
                                    + " --org DIR");
        }
    }

    /// The address that the relay names for itself, but the key that we pinned.
    private static RelayListing listing(RelayDesk desk) throws Failure {
        RelayStatus status = desk.client().status();
        return new RelayListing(status.address(), desk.place().key());
    }

    private static Answer skeleton(Call call) throws Failure {
        Path file = call.value(FROM_MATCHES);
        if (Files.exists(file)) {
            throw new Unusable(file + " exists", "Name a file that does not exist yet.");
        }
        try (RelayDesk desk = RelayDesk.open(call)) {
            Registry registry = desk.registry();
            Instant now = call.world().clock().instant();
            List<SuggestedAlliance> suggestions =
                    Matching.suggestions(Matching.matches(registry, now));
            if (suggestions.isEmpty()) {
                throw new Unusable(
                        "nothing matches yet", "See what is missing: entente require match.");
            }
            SuggestedAlliance first = suggestions.getFirst();
            Name name = call.value(NAME, new Name("exchange"));
            PrivateFile.write(file, ContractDraft.of(first, name, registry, now));
            return Answer.of(
                            file + " written: a contract between " + first.parties(),
                            Fields.of("file", file)
                                    .and("parties", first.parties())
                                    .and("suggestions", suggestions.size()))
                    .next(
                            "edit it, write a node contract for each flow, then entente contract"
                                    + " check");
        } catch (IOException e) {
            throw new Unusable(
                    file + " cannot be written: " + e.getMessage(), "Name another file.");
        }
    }
}
