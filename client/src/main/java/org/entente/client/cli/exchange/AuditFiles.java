package org.entente.client.cli.exchange;

import org.entente.client.Audit;
import org.entente.client.Failure;
import org.entente.client.ReceiptFile;
import org.entente.client.Refused;
import org.entente.client.RelayClient;
import org.entente.client.SealPair;
import org.entente.client.SignedPromise;
import org.entente.client.Unreachable;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Parameter;
import org.entente.endorsement.Receipt;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.log.Frame;
import org.entente.protocol.log.Sealed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that an audit reads and writes.
final class AuditFiles {
    private static final long LOG_SIZE_BYTES_MAX = 2_000_000_000;

    static final Parameter<Path> KEEP =
            Parameter.optional(
                    "--keep", "FILE", "compare with it, and keep what was seen in it", Path::of);
    static final Parameter<List<Path>> RECEIPTS =
            Parameter.optional(
                    "--receipts",
                    "FILE,…",
                    "receipts whose entries the log must have",
                    Parameter.separated(Path::of));
    static final Parameter<List<Path>> SEALS =
            Parameter.optional(
                    "--seals",
                    "FILE,FILE",
                    "two seals of one size: who signed both",
                    Parameter.separated(Path::of));
    static final Parameter<Path> PROMISE =
            Parameter.optional(
                    "--promise", "FILE", "a relay's promise: whether it was broken", Path::of);
    static final Parameter<Path> SAVE =
            Parameter.optional(
                    "--save", "FILE", "save the log there, its seal in FILE.seal", Path::of);
    static final Parameter<Path> LOG =
            Parameter.optional("--log", "FILE", "read the saved log, no relay", Path::of);
    static final List<Parameter<?>> PARAMETERS = List.of(KEEP, RECEIPTS, SEALS, PROMISE, SAVE, LOG);

    private AuditFiles() {}

    static Audit.Evidence evidence(Call call) throws Failure {
        List<Receipt> receipts = new ArrayList<>();
        for (Path file : call.value(RECEIPTS, List.of())) {
            ReceiptFile read =
                    Refused.unless(ReceiptFile.read(Place.read(file, ReceiptFile.SIZE_BYTES_MAX)));
            receipts.add(Refused.unless(Receipt.FORMAT.decode(read.receipt())));
        }
        List<SignedPromise> promises = new ArrayList<>();
        if (call.has(PROMISE)) {
            promises.add(
                    Refused.unless(
                            SignedPromise.read(
                                    Place.read(call.value(PROMISE), Sealed.FORMAT.sizeMax()))));
        }
        List<Sealed> seals =
                call.has(LOG) && Files.exists(sealOf(call.value(LOG)))
                        ? List.of(seal(sealOf(call.value(LOG))))
                        : List.of();
        return new Audit.Evidence(seals, receipts, kept(call), promises, pairs(call));
    }

    private static Optional<Bytes> kept(Call call) throws Unusable {
        return call.has(KEEP) && Files.exists(call.value(KEEP))
                ? Optional.of(Place.read(call.value(KEEP), LOG_SIZE_BYTES_MAX))
                : Optional.empty();
    }

    private static List<SealPair> pairs(Call call) throws Failure {
        List<Path> files = call.value(SEALS, List.of());
        if (files.isEmpty()) {
            return List.of();
        }
        if (files.size() != 2) {
            throw new Unusable(
                    files.size() + " seals are given", "Give two: --seals one.seal,other.seal");
        }
        return List.of(new SealPair(seal(files.getFirst()), seal(files.getLast())));
    }

    private static Sealed seal(Path file) throws Failure {
        return Refused.unless(Sealed.FORMAT.decode(Place.read(file, Sealed.FORMAT.sizeMax())));
    }

    private static Path sealOf(Path log) {
        return Path.of(log + ".seal");
    }

    /// With the relay's newest seal, unless nothing is sealed yet.
    static Audit.Evidence withSeal(RelayClient relay, AllianceId alliance, Audit.Evidence evidence)
            throws Refused, Unreachable {
        try {
            return evidence.and(relay.exchanges().seal(alliance));
        } catch (Refused e) {
            Optional<Fault> fault = e.problem().fault();
            if (fault.equals(Optional.of(Fault.NOT_FOUND))
                    || fault.equals(Optional.of(Fault.NOT_YET))) {
                return evidence;
            }
            throw e;
        }
    }

    static Audit.Records saved(Call call) throws Failure {
        List<Frame> frames =
                Refused.unless(
                        Frame.all(
                                Place.read(call.value(LOG), LOG_SIZE_BYTES_MAX), Frame.End.WHOLE));
        return from ->
                frames.subList(Math.toIntExact(Math.min(from, frames.size())), frames.size());
    }

    /// As the relay gives them, saved as they come where that is wished.
    static Audit.Records downloaded(Call call, RelayClient relay, AllianceId alliance)
            throws Failure {
        Audit.Records records = relay.records(alliance);
        if (!call.has(SAVE)) {
            return records;
        }
        Path file = call.value(SAVE);
        Place.write(file, Bytes.EMPTY);
        Place.write(sealOf(file), Sealed.FORMAT.encode(relay.exchanges().seal(alliance)));
        return from -> {
            List<Frame> frames = records.from(from);
            append(file, frames);
            return frames;
        };
    }

    private static void append(Path file, List<Frame> frames) throws Refused {
        try {
            for (Frame frame : frames) {
                for (Bytes part : List.of(frame.entry(), frame.change(), frame.approvals())) {
                    Bytes size = Bytes.fromHex("%08x".formatted(part.size()));
                    Files.write(file, size.concat(part).toArray(), StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            throw new Refused(Fault.INTERNAL, "cannot write " + file + ": " + e.getMessage());
        }
    }

    static void keep(Call call, Bytes kept) throws Unusable {
        if (call.has(KEEP)) {
            Place.write(call.value(KEEP), kept);
        }
    }
}
