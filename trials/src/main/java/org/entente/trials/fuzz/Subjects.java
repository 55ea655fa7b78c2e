package org.entente.trials.fuzz;

import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.certs.RevocationList;
import org.entente.certs.SigningRequest;
import org.entente.certs.Verifier;
import org.entente.certs.est.CertificateBag;
import org.entente.certs.issue.LedgerFormat;
import org.entente.chain.Batch;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Answer;
import org.entente.chain.contract.sandbox.Code;
import org.entente.chain.contract.sandbox.Deployed;
import org.entente.chain.contract.sandbox.Deployment;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateProof;
import org.entente.endorsement.Receipt;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Purpose;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.Submission;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.CancelGrounds;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Observations;
import org.entente.protocol.log.Promise;
import org.entente.protocol.log.Rejection;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.protocol.merkle.Frontier;
import org.entente.registry.Approvals;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;
import org.entente.registry.SignedChange;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.NodeContract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Every decoder that reads bytes from outside, with sound inputs from `docs/vectors/`.
public final class Subjects {
    private static final List<Format<?>> FORMATS =
            List.of(
                    Request.FORMAT,
                    ExchangeName.FORMAT,
                    ReadSet.FORMAT,
                    WriteSet.FORMAT,
                    Proposal.FORMAT,
                    BatchRoot.ENDORSEMENT,
                    BatchRoot.ATTEST,
                    BatchRoot.OBSERVE,
                    Ask.FORMAT,
                    Submission.FORMAT,
                    Sequence.FORMAT,
                    Evidence.FORMAT,
                    AttestedReads.FORMAT,
                    Entry.FORMAT,
                    Seal.FORMAT,
                    Sealed.FORMAT,
                    Settlement.FORMAT,
                    Observations.FORMAT,
                    Cancellation.FORMAT,
                    CancelGrounds.FORMAT,
                    Promise.FORMAT,
                    Rejection.FORMAT,
                    Delivery.FORMAT,
                    EpochNotice.FORMAT,
                    CancelNotice.FORMAT,
                    Asked.FORMAT,
                    FullSequence.FORMAT,
                    Break.FORMAT,
                    ToAgent.FORMAT,
                    ToRelay.FORMAT);

    /// What anybody may send to a chain of ours, or a node of it to whoever judges it.
    private static final List<Format<?>> LEDGER_FORMATS =
            List.of(
                    Genesis.FORMAT,
                    Transaction.FORMAT,
                    SignedTransaction.FORMAT,
                    Batch.FORMAT,
                    CertifiedHeader.FORMAT,
                    Block.FORMAT,
                    Answer.FORMAT,
                    Code.FORMAT,
                    Deployment.FORMAT,
                    Deployed.FORMAT,
                    StateKey.FORMAT,
                    StateProof.FORMAT);

    private Subjects() {}

    /// @param vectors the folder `docs/vectors`
    public static List<Subject> all(Path vectors) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        Map<String, List<Bytes>> encodings = byTag(vectors.resolve("encodings.json"), "accepted");
        FORMATS.forEach(format -> subjects.add(tagged(format, encodings)));
        Map<String, List<Bytes>> ledger = byTag(vectors.resolve("ledger.json"), "objects");
        LEDGER_FORMATS.forEach(format -> subjects.add(tagged(format, ledger)));
        subjects.add(
                Subject.of(
                        "frontier", Frontier.FORMAT, List.of(Frontier.FORMAT.encode(frontier()))));
        subjects.add(
                Subject.of(
                        "receipt",
                        Receipt.FORMAT,
                        encodings.getOrDefault(Purpose.DELIVERY.tag(), List.of()).stream()
                                .map(Subjects::receipt)
                                .toList()));
        subjects.addAll(PorSubjects.all(vectors.resolve("por-objects.json")));
        subjects.addAll(IndustrialSubjects.all(vectors.resolve("industrial.json")));
        subjects.addAll(DataSubjects.all(vectors.resolve("industrial-data.json")));
        subjects.addAll(
                RegisterSubjects.all(
                        vectors.resolve("industrial-registers.json"),
                        vectors.resolve("industrial-alerts.json")));
        subjects.addAll(certificates(lines(vectors.resolve("certificates.txt"))));
        subjects.addAll(registry(lines(vectors.resolve("registry.txt"))));
        return List.copyOf(subjects);
    }

    /// The objects of a kind: each begins with its tag.
    static List<Bytes> tagged(JsonNode objects, String tag) {
        Bytes start = Bytes.utf8(tag);
        return objects.values().stream()
                .map(each -> Bytes.fromHex(each.asString()))
                .filter(each ->
                        each.size() > start.size() && each.slice(0, start.size()).equals(start))
                .toList();
    }

    /// With what a delivery's vector saw, twice.
    private static Bytes receipt(Bytes delivery) {
        Sighting seen = Delivery.FORMAT.decode(delivery).orThrow().sighting();
        return Receipt.FORMAT.encode(
                new Receipt(
                        seen,
                        Bytes.utf8("a sequence"),
                        Bytes.utf8("evidence"),
                        Optional.of(new Receipt.Ending(seen, Bytes.utf8("a settlement")))));
    }

    private static List<Subject> certificates(Map<String, List<Bytes>> seeds) {
        // A verifier that takes everything lets mutations through to the reader.
        Verifier lenient = (_, _, _) -> true;
        return List.of(
                Subject.of(
                        "certificate",
                        seeds.getOrDefault("certificate", List.of()),
                        Certificate::parse,
                        Certificate::der),
                Subject.of(
                        "signing request",
                        seeds.getOrDefault("request", List.of()),
                        bytes -> SigningRequest.parse(bytes, lenient),
                        SigningRequest::der),
                Subject.of("grant", Grant.FORMAT, seeds.getOrDefault("grant", List.of())),
                Subject.of(
                        "revocation list",
                        seeds.getOrDefault("revocation-list", List.of()),
                        RevocationList::parse,
                        RevocationList::der),
                Subject.of(
                        "bag of certificates",
                        seeds.getOrDefault("bag", List.of()),
                        CertificateBag::decode,
                        CertificateBag::encode),
                Subject.of(
                        "ledger entry",
                        LedgerFormat.FORMAT,
                        seeds.getOrDefault("ledger", List.of())));
    }

    /// Contract files have several texts of one content, so what comes back is the text that was
    /// kept.
    private static List<Subject> registry(Map<String, List<Bytes>> seeds) {
        List<Bytes> proposals = seeds.getOrDefault("change", List.of());
        return List.of(
                Subject.of("change", Change.FORMAT, proposals),
                Subject.of(
                        "epoch record",
                        EpochRecord.FORMAT,
                        seeds.getOrDefault("epoch-record", List.of())),
                Subject.of(
                        "approvals", Approvals.FORMAT, seeds.getOrDefault("approvals", List.of())),
                Subject.of(
                        "signed change",
                        seeds.getOrDefault("signed-change", List.of()),
                        SignedChange::decode,
                        SignedChange::encode),
                new Subject(
                        "alliance contract",
                        contracts(proposals, Change.RecordProposed::contracts),
                        bytes -> kept(bytes, AllianceContract.parse(bytes))),
                new Subject(
                        "node contract",
                        contracts(proposals, Change.RecordProposed::nodeContracts),
                        bytes -> kept(bytes, NodeContract.parse(bytes))));
    }

    private static Optional<Bytes> kept(Bytes bytes, Parsed<?> parsed) {
        return parsed.verdict().isAccepted() ? Optional.of(bytes) : Optional.empty();
    }

    private static List<Bytes> contracts(
            List<Bytes> changes, Function<Change.RecordProposed, List<Bytes>> files) {
        return changes.stream()
                .map(bytes -> Change.FORMAT.decode(bytes).orThrow())
                .filter(Change.RecordProposed.class::isInstance)
                .map(Change.RecordProposed.class::cast)
                .flatMap(proposed -> files.apply(proposed).stream())
                .toList();
    }

    private static Frontier frontier() {
        Frontier frontier = Frontier.EMPTY;
        for (int leaf = 0; leaf < 11; leaf++) {
            frontier = frontier.append(Digest.of(Bytes.utf8("leaf " + leaf)));
        }
        return frontier;
    }

    private static Subject tagged(Format<?> format, Map<String, List<Bytes>> byTag) {
        String tag = format.purpose().tag();
        return Subject.of(tag, format, byTag.getOrDefault(tag, List.of()));
    }

    /// The sound vectors of a file, by the tag of their purpose.
    private static Map<String, List<Bytes>> byTag(Path file, String field) throws IOException {
        Map<String, List<Bytes>> byTag = new TreeMap<>();
        for (JsonNode vector :
                new JsonMapper().readTree(Files.readString(file)).get(field).values()) {
            byTag.computeIfAbsent(vector.get("purpose").asString(), _ -> new ArrayList<>())
                    .add(Bytes.fromHex(vector.get("bytes").asString()));
        }
        return byTag;
    }

    /// Vectors that stand one in a line, `kind hex`.
    private static Map<String, List<Bytes>> lines(Path file) throws IOException {
        Map<String, List<Bytes>> byKind = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 2);
            byKind.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(Bytes.fromHex(parts[1]));
        }
        return byKind;
    }
}
