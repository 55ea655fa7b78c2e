package org.entente.chain.industrial.data;

import org.entente.chain.contract.Received;
import org.entente.chain.contract.Store;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an alliance delivers to an inbox of the store becomes documents: each value the next
/// version of the one that is named by inbox and key (docs/chains/industrial-data.md §4.1).
///
/// @param time of the block
record Filing(Received received, Instant time, Store store) {
    private static final List<String> RESERVED =
            List.of(DataContract.NAME.text() + "/", DataContract.NAME.text() + ".");

    /// Whether only an alliance registers under this id.
    static boolean isReserved(DataId id) {
        return RESERVED.stream().anyMatch(id.text()::startsWith);
    }

    Verdict file() {
        Verdict verdict = Verdict.accepted();
        for (Map.Entry<Bytes, Bytes> each : received.values().entrySet()) {
            verdict = verdict.and(() -> file(each.getKey(), each.getValue()));
        }
        return verdict;
    }

    private Verdict file(Bytes key, Bytes value) {
        String name = received.inbox() + "/" + key.asUtf8();
        if (!DataId.isOne(name)) {
            return Verdict.rejected(Fault.INVALID_VALUE, name + " is not the id of data");
        }
        if (value.isEmpty() || !Bytes.utf8(value.asUtf8()).equals(value)) {
            return Verdict.rejected(Fault.INVALID_VALUE, name + " is delivered what is no text");
        }
        if (value.size() > Content.INLINE_SIZE_BYTES_MAX) {
            return Verdict.rejected(
                    Fault.TOO_LARGE,
                    "%s has %d bytes, a document of an alliance at most %d"
                            .formatted(name, value.size(), Content.INLINE_SIZE_BYTES_MAX));
        }
        put(new DataId(name), value);
        return Verdict.accepted();
    }

    private void put(DataId id, Bytes value) {
        Optional<DataHead> before =
                store.get(Places.head(id)).map(it -> DataHead.FORMAT.decode(it).orThrow());
        DataHead head =
                before.map(DataHead::more)
                        .orElseGet(() ->
                                new DataHead(
                                        received.owner(),
                                        DataType.TEXT,
                                        1,
                                        DataHead.Standing.INLINE,
                                        Optional.empty()));
        Optional<Digest> previous =
                before.flatMap(it -> store.get(Places.version(id, it.versions()))).map(Digest::of);
        DataRecord data =
                new DataRecord(
                        id, head.owner(), head.versions(), previous, time, description(value));
        store.put(Places.head(id), DataHead.FORMAT.encode(head));
        store.put(Places.version(id, head.versions()), DataRecord.FORMAT.encode(data));
    }

    private Description description(Bytes value) {
        return new Description(
                DataType.TEXT,
                Optional.empty(),
                time,
                "",
                "",
                origin(),
                Optional.empty(),
                new Content.Inline(value));
    }

    /// Where it is proved that the alliance wanted it.
    private SortedMap<String, String> origin() {
        TreeMap<String, String> origin = new TreeMap<>();
        origin.put("alliance", received.alliance().toString());
        origin.put("exchange", received.exchange().hex());
        origin.put("serial", Long.toString(received.serial()));
        return Sorted.copyOf(origin);
    }
}
