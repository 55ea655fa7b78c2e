package org.entente.endorsement;

import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Place;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.ResourcePattern;

import java.util.List;

/// Which keys a flow lets its exchanges touch. A resource is a key whose bytes are text; a key of
/// other bytes is no resource.
public record Reach(Flow flow) {

    /// Sources of the source chain, in its own state or delivered to an inbox there; and what
    /// stands at the destination already.
    public boolean mayRead(Place place) {
        return mayWrite(place)
                || (place.chain().equals(flow.source().chain())
                        && matches(flow.source().resources(), place.key()));
    }

    public boolean mayWrite(Place place) {
        return place.chain().equals(flow.destination().chain())
                && place.inbox().equals(flow.destination().inbox())
                && matches(flow.destination().resources(), place.key());
    }

    /// A place as conditions and messages show it.
    public static String words(Place place) {
        String inbox = place.isOwn() ? "" : place.inbox() + "/";
        return place.chain() + "/" + inbox + text(place.key());
    }

    private static boolean matches(List<ResourcePattern> patterns, Bytes key) {
        String text = text(key);
        return Bytes.utf8(text).equals(key)
                && patterns.stream().anyMatch(pattern -> pattern.matches(text));
    }

    private static String text(Bytes key) {
        return key.asUtf8();
    }
}
