package org.entente.client.cli.alliance;

import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;
import org.entente.registry.OpenProposal;
import org.entente.registry.RegisteredAlliance;
import org.entente.registry.Registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// `contract show`: the contracts in force in an alliance, a proposal, or one file of either.
final class ContractShow implements Command {
    private static final Parameter<Digest> ID =
            Parameter.argument(
                    "ID", "an alliance, a proposal, or the SHA-256 of a file", Digest::fromHex);
    private static final Parameter<Path> FILE =
            Parameter.optional(
                    "--file",
                    "OUT",
                    "write the exact bytes here: of the file, or of the only contract",
                    Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "show",
                "Show an alliance's contracts, or a proposal and who has yet to sign it; write the"
                        + " exact file.",
                "nothing but the file OUT.",
                "entente contract show ID --org alpha --file contract.json",
                List.of(
                        ID,
                        FILE,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Digest id = call.value(ID);
        try (RelayDesk desk = RelayDesk.open(call)) {
            Registry registry = desk.registry();
            SortedMap<Digest, Bytes> files = files(registry);
            if (files.containsKey(id)) {
                return file(call, files, id);
            }
            if (registry.proposal(id).isPresent()) {
                OpenProposal proposal = registry.proposal(id).get();
                return Answer.of(Proposals.words(proposal), Proposals.fields(proposal))
                        .next(
                                "entente contract sign "
                                        + id
                                        + " --identity DIR, or entente alliance sign with --org");
            }
            EpochRecord record = desk.registered(new AllianceId(id)).charter().record();
            return call.has(FILE) && record.contracts().size() == 1
                    ? file(call, files, record.contracts().getFirst().digest())
                    : contracts(call, record);
        }
    }

    private static Answer contracts(Call call, EpochRecord record) throws Unusable {
        if (call.has(FILE)) {
            throw new Unusable(
                    "the alliance has " + record.contracts().size() + " contracts",
                    "Name one by its SHA-256.");
        }
        Table table = new Table("WHAT", "VERSION", "SHA-256");
        List<Fields> json = new ArrayList<>();
        record.contracts()
                .forEach(each -> {
                    table.row("contract " + each.name(), each.version(), each.digest());
                    json.add(
                            Fields.of("contract", each.name())
                                    .and("version", each.version())
                                    .and("digest", each.digest()));
                });
        record.nodeContracts()
                .forEach(each -> {
                    table.row("node contract of " + each.flow(), "-", each.digest());
                    json.add(Fields.of("flow", each.flow()).and("digest", each.digest()));
                });
        return Answer.of(
                        table.lines(),
                        Fields.of("alliance", record.id())
                                .and("epoch", record.epoch())
                                .and("files", json))
                .next("entente contract show SHA-256 --file OUT writes one of them");
    }

    private static Answer file(Call call, SortedMap<Digest, Bytes> files, Digest digest)
            throws Unusable {
        Bytes content = files.get(digest);
        if (content == null) {
            throw new IllegalStateException("a record without its file " + digest);
        }
        Fields json = Fields.of("digest", digest).and("size", content.size());
        if (!call.has(FILE)) {
            return Answer.of(List.of(content.asUtf8()), json.and("content", content.asUtf8()));
        }
        Path out = call.value(FILE);
        try {
            Files.write(out, content.toArray(), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new Unusable(
                    out + " cannot be written: " + e.getMessage(),
                    "Name a file that does not exist yet.");
        }
        return Answer.of(out + " written, SHA-256 " + digest, json.and("file", out));
    }

    private static SortedMap<Digest, Bytes> files(Registry registry) {
        TreeMap<Digest, Bytes> files = new TreeMap<>();
        for (RegisteredAlliance alliance : registry.alliances().values()) {
            files.putAll(alliance.charter().terms().files());
        }
        for (OpenProposal proposal : registry.proposals().values()) {
            if (proposal.proposed() instanceof Change.RecordProposed it) {
                it.contracts().forEach(file -> files.put(Digest.of(file), file));
                it.nodeContracts().forEach(file -> files.put(Digest.of(file), file));
            }
        }
        return files;
    }
}
