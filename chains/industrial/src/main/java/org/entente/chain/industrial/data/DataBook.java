package org.entente.chain.industrial.data;

import org.entente.chain.state.Area;
import org.entente.chain.state.Item;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a state says of stored data.
public record DataBook(Reading state) {

    /// Where a key of the contract stands in the state, for whoever asks for its proof.
    public static StateKey place(Bytes key) {
        return StateKey.store(DataContract.NAME, key);
    }

    public Optional<DataHead> head(DataId id) {
        return value(Places.head(id), DataHead.FORMAT);
    }

    public Optional<DataRecord> version(DataId id, int version) {
        return value(Places.version(id, version), DataRecord.FORMAT);
    }

    /// The newest version.
    public Parsed<DataRecord> newest(DataId id) {
        return head(id).flatMap(head -> version(id, head.versions()))
                .map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Fault.NOT_FOUND, "nothing is registered as " + id));
    }

    public Optional<SeriesHead> series(DataId id) {
        return value(Places.series(id), SeriesHead.FORMAT);
    }

    public Optional<Part> part(DataId id, long number) {
        return value(Places.part(id, number), Part.FORMAT);
    }

    /// A part and its number in the series.
    public record Numbered(long number, Part part) {}

    /// The parts of a series from a number on; a gap that began before is not among them.
    public List<Numbered> parts(DataId id, long from, int countMax) {
        long next = series(id).map(SeriesHead::next).orElse(0L);
        List<Numbered> found = new ArrayList<>();
        long number = from;
        while (number < next && found.size() < countMax) {
            Optional<Part> part = part(id, number);
            if (part.isEmpty()) {
                number++;
                continue;
            }
            found.add(new Numbered(number, part.get()));
            number += part.get().width();
        }
        return found;
    }

    /// Whether an account may read data now.
    ///
    /// @param purpose that a grant must name; its owner needs none
    public Verdict readable(DataId id, VerifyingKey account, String purpose, Instant now) {
        Optional<DataHead> head = head(id);
        if (head.isEmpty()) {
            return Verdict.rejected(Fault.NOT_FOUND, "nothing is registered as " + id);
        }
        if (head.get().isErased()) {
            return Verdict.rejected(Fault.DATA_ERASED, id + " was erased");
        }
        if (head.get().owner().equals(account)) {
            return Verdict.accepted();
        }
        boolean granted =
                value(Places.grant(id, account, purpose), Grant.FORMAT)
                        .filter(grant -> grant.holds(now))
                        .isPresent();
        return granted
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.NOT_YOURS,
                        "%s is not granted to this account for '%s' now".formatted(id, purpose));
    }

    /// Whether an object of this root belongs to data that is registered and not erased.
    public Standing standing(DataId id, Digest root) {
        Optional<DataHead> head = head(id);
        if (head.isEmpty()) {
            return Standing.UNKNOWN;
        }
        if (head.get().isErased()) {
            return Standing.ERASED;
        }
        return state.value(place(Places.object(id, root))).isPresent()
                ? Standing.REGISTERED
                : Standing.UNKNOWN;
    }

    /// What the chain says of an object.
    public enum Standing {
        REGISTERED,
        ERASED,
        /// Nothing, so far.
        UNKNOWN
    }

    private <T> Optional<T> value(Bytes key, Format<T> format) {
        return state.value(place(key)).map(it -> format.decode(it).orThrow());
    }

    /// Who may read data, by whose key each grant stands.
    public List<Item> grants(DataId id, int countMax) {
        return state.under(Area.STORE, DataContract.NAME.text(), Places.grants(id), countMax);
    }
}
