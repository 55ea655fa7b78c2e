package org.entente.adapter.own;

import org.entente.adapter.Held;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a place of an exchange shows of a chain's state: a key of it, or what an industrial chain
/// keeps of data, by a name that flows can say (docs/adapters.md §5.9).
///
/// @param what of the key's value is shown
public record Sight(Place place, StateKey key, What what) {
    private static final String NAMESPACE = "icb";
    private static final String CONTRACT = "data";
    private static final String PREFIX = "@data/";
    private static final Pattern NAME =
            Pattern.compile(
                    "@data/(head|series|record|part|summary)/([A-Za-z0-9][A-Za-z0-9._:/-]{0,127})"
                            + "(?:/@(0|[1-9][0-9]{0,17}))?");

    private sealed interface What {
        /// Its bytes as they are.
        record Whole() implements What {}

        /// The summary of a batch of readings, in words that schemas and people read.
        record Summary(String series, long part) implements What {}
    }

    /// Refused where a name of data says nothing that there could be.
    public static Parsed<Sight> of(Place place) {
        boolean named =
                place.isOwn()
                        && place.chain().namespace().equals(NAMESPACE)
                        && place.key().asUtf8().startsWith(PREFIX);
        return named
                ? named(place)
                : Parsed.of(new Sight(place, StateKey.of(place), new What.Whole()));
    }

    /// In the order of the places; refused with the first that is.
    public static Parsed<List<Sight>> all(Collection<Place> places) {
        List<Sight> sights = new ArrayList<>();
        for (Place place : places) {
            switch (of(place)) {
                case Parsed.Value<Sight>(Sight sight) -> sights.add(sight);
                case Parsed.Refused<Sight>(Verdict.Rejected why) -> {
                    return new Parsed.Refused<>(why);
                }
            }
        }
        return Parsed.of(List.copyOf(sights));
    }

    private static Parsed<Sight> named(Place place) {
        Matcher name = NAME.matcher(place.key().asUtf8());
        if (!name.matches()) {
            return Parsed.refused(
                    Fault.INVALID_VALUE, place.key().asUtf8() + " names nothing of the store");
        }
        String what = name.group(1);
        String id = name.group(2);
        Optional<Long> number = Optional.ofNullable(name.group(3)).map(Long::valueOf);
        boolean numbered = !what.equals("head") && !what.equals("series");
        long most = what.equals("record") ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (number.isPresent() != numbered || number.orElse(0L) > most) {
            return Parsed.refused(
                    Fault.INVALID_VALUE,
                    "%s: %s".formatted(place.key().asUtf8(), numbered ? "/@NUMBER?" : "no number"));
        }
        return Parsed.of(
                switch (what) {
                    case "head" -> whole(place, key(1, id));
                    case "series" -> whole(place, key(4, id));
                    case "record" -> whole(place, key(2, id).concat(u32(number.orElseThrow())));
                    case "part" -> whole(place, key(5, id).concat(u64(number.orElseThrow())));
                    default ->
                            new Sight(
                                    place,
                                    kept(key(5, id).concat(u64(number.orElseThrow()))),
                                    new What.Summary(id, number.orElseThrow()));
                });
    }

    private static Sight whole(Place place, Bytes key) {
        return new Sight(place, kept(key), new What.Whole());
    }

    private static StateKey kept(Bytes key) {
        return new StateKey(StateKey.Area.STORE, CONTRACT, key);
    }

    /// A zero byte ends the id where something follows.
    private static Bytes key(int kind, String id) {
        String end = kind == 1 || kind == 4 ? "" : "\0";
        return Bytes.copyOf(new byte[] {(byte) kind}).concat(Bytes.utf8(id + end));
    }

    private static Bytes u32(long number) {
        return Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array());
    }

    private static Bytes u64(long number) {
        return Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /// What is shown of what was proved.
    public Parsed<Held> held(Proved proved) {
        Version version = new Version.Absent();
        if (proved.leaf().isPresent()) {
            version = proved.leaf().get().version();
        }
        Version found = version;
        return shown(proved.value()).map(value -> new Held(place, found, value));
    }

    private Parsed<Optional<Bytes>> shown(Optional<Bytes> value) {
        return value.isPresent() && what instanceof What.Summary(String series, long part)
                ? SeriesPart.FORMAT.decode(value.get()).map(it -> summary(it, series, part))
                : Parsed.of(value);
    }

    /// Where batches are missing there is none.
    private static Optional<Bytes> summary(SeriesPart part, String series, long number) {
        return part instanceof SeriesPart.Batch(int _, var sum, var readings, _)
                ? Optional.of(
                        Bytes.utf8(
                                String.format(
                                        Locale.ROOT,
                                        "{\"series\":\"%s\",\"part\":%d,\"readings\":\"%s\","
                                                + "\"count\":%d,\"from\":%d,\"to\":%d,"
                                                + "\"least\":%d,\"most\":%d,\"sum\":%d,"
                                                + "\"root\":\"%s\"}",
                                        series,
                                        number,
                                        readings instanceof SeriesPart.Readings.Inline
                                                ? "inline"
                                                : "stored",
                                        sum.count(),
                                        sum.from(),
                                        sum.to(),
                                        sum.least(),
                                        sum.most(),
                                        sum.sum(),
                                        sum.root().hex())))
                : Optional.empty();
    }
}
