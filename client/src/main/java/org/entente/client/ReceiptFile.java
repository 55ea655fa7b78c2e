package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Receipt;
import org.entente.endorsement.ReceiptCheck;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// A receipt as a file (formats.md §5): `{"entente": "receipt/v1", "alliance": HEX, "receipt":
/// BASE64, "epochs": [BASE64, …]}`.
///
/// @param receipt the bytes of a [Receipt]
/// @param epochs as in a [Trust]; empty unless the receipt is to prove itself with nothing but the
///   alliance's id
public record ReceiptFile(AllianceId alliance, Bytes receipt, List<Bytes> epochs) {
    public static final int SIZE_BYTES_MAX = 64 * 1024 * 1024;
    private static final String KIND = "receipt/v1";
    private static final String RECEIPT = "receipt";

    public ReceiptFile {
        epochs = List.copyOf(epochs);
    }

    public boolean isPortable() {
        return !epochs.isEmpty();
    }

    public Bytes write() {
        ObjectNode json = PortableJson.of(KIND);
        json.put(TrustFile.ALLIANCE, alliance.toString());
        json.put(RECEIPT, PortableJson.base64(receipt));
        if (isPortable()) {
            PortableJson.put(json, TrustFile.EPOCHS, epochs);
        }
        return PortableJson.text(json);
    }

    public static Parsed<ReceiptFile> read(Bytes file) {
        return PortableJson.read(
                file,
                KIND,
                List.of(TrustFile.ALLIANCE, RECEIPT, TrustFile.EPOCHS),
                json ->
                        Parsed.of(
                                new ReceiptFile(
                                        AllianceId.fromHex(Json.text(json, TrustFile.ALLIANCE)),
                                        PortableJson.bytes(json, RECEIPT),
                                        epochs(json))));
    }

    private static List<Bytes> epochs(JsonNode json) throws Json.Unexpected {
        return json.has(TrustFile.EPOCHS) ? PortableJson.list(json, TrustFile.EPOCHS) : List.of();
    }

    /// What it proves of the alliance that is named, by the trust that is given, else by its own
    /// epochs, which that id must prove.
    public Parsed<ReceiptCheck.Proven> verify(
            AllianceId expected, Optional<Trust> trust, Verifier verifier) {
        if (!alliance.equals(expected)) {
            return Parsed.refused(Fault.UNBOUND, "it is a receipt of the alliance " + alliance);
        }
        if (trust.isPresent() && !trust.get().alliance().equals(expected)) {
            return Parsed.refused(
                    Fault.UNBOUND, "the trust is in the alliance " + trust.get().alliance());
        }
        if (trust.isEmpty() && !isPortable()) {
            return Parsed.refused(
                    Fault.EPOCH_UNKNOWN,
                    "it has no epoch records, and nothing else tells of the alliance's epochs");
        }
        // Epochs that are there must hold even where better ones are known.
        Optional<Parsed<Trust>> own =
                isPortable() ? Optional.of(Trust.of(alliance, epochs, verifier)) : Optional.empty();
        Parsed<Trust> mine = own.orElseGet(() -> Parsed.of(trust.orElseThrow()));
        return mine.then(checked ->
                Receipt.FORMAT
                        .decode(receipt)
                        .then(new ReceiptCheck(trust.orElse(checked).known(), verifier)::check));
    }
}
