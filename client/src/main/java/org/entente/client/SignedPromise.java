package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.log.Promise;

import tools.jackson.databind.JsonNode;

/// A relay's word that a submission gets a serial, as it answers `POST /v1/submissions`:
/// `{"submission": HEX, "promise": BASE64, "signature": HEX}`.
public record SignedPromise(Promise promise, Signature signature) {
    public static Parsed<SignedPromise> read(Bytes file) {
        try {
            JsonNode json = Json.read(file);
            Signature signature = new Signature(Bytes.fromHex(Json.text(json, "signature")));
            return Promise.FORMAT
                    .decode(PortableJson.bytes(json, "promise"))
                    .map(promise -> new SignedPromise(promise, signature));
        } catch (Json.Unexpected | IllegalArgumentException e) {
            return Parsed.refused(
                    org.entente.protocol.Fault.MALFORMED, "the promise: " + e.getMessage());
        }
    }

    public boolean isSignedBy(VerifyingKey relay, Verifier verifier) {
        return verifier.verify(relay, Promise.FORMAT.digest(promise), signature);
    }
}
