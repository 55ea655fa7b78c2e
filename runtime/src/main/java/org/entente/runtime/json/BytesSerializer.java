package org.entente.runtime.json;

import org.entente.protocol.Bytes;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/// Bytes are written as hex, whole (their `toString` is cut).
final class BytesSerializer extends StdSerializer<Bytes> {
    BytesSerializer() {
        super(Bytes.class);
    }

    @Override
    public void serialize(Bytes value, JsonGenerator json, SerializationContext context) {
        json.writeString(value.hex());
    }
}
