package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// A trust bundle as a file: `{"entente": "trust/v1", "alliance": HEX, "epochs": [BASE64, …]}`.
public final class TrustFile {
    static final String ALLIANCE = "alliance";
    static final String EPOCHS = "epochs";
    private static final String KIND = "trust/v1";

    private TrustFile() {}

    public static Bytes write(Trust trust) {
        ObjectNode json = PortableJson.of(KIND);
        json.put(ALLIANCE, trust.alliance().toString());
        PortableJson.put(json, EPOCHS, trust.epochs());
        return PortableJson.text(json);
    }

    public static Parsed<Trust> read(Bytes file, Verifier verifier) {
        return PortableJson.read(
                file,
                KIND,
                List.of(ALLIANCE, EPOCHS),
                json ->
                        Trust.of(
                                AllianceId.fromHex(Json.text(json, ALLIANCE)),
                                PortableJson.list(json, EPOCHS),
                                verifier));
    }
}
