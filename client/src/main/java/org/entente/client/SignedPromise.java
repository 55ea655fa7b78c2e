package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.log.Promise;

import tools.jackson.databind.JsonNode;

/// A relay's word that a submission gets a serial: the answer of `POST /v1/submissions`, or a
/// status, whose `promise` is `{"object": HEX, "signature": HEX}`.
public record SignedPromise(Promise promise, Signature signature) {
    public static Parsed<SignedPromise> read(Bytes file) {
        try {
            JsonNode json = Json.read(file).path("promise");
            Signature signature = new Signature(Bytes.fromHex(Json.text(json, "signature")));
            return Promise.FORMAT
                    .decode(Bytes.fromHex(Json.text(json, "object")))
                    .map(promise -> new SignedPromise(promise, signature));
        } catch (Json.Unexpected | IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, "the promise: " + e.getMessage());
        }
    }

    public boolean isSignedBy(VerifyingKey relay, Verifier verifier) {
        return verifier.verify(relay, Promise.FORMAT.digest(promise), signature);
    }
}
