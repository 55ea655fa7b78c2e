package org.entente.protocol.delivery;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.merkle.InclusionProof;

/// An entry as whoever has no log can see it: with the proof that it stands under a root, and the
/// seals over that root.
public record Sighting(Entry entry, InclusionProof inclusion, Sealed sealed) {

    public Sighting {
        if (inclusion.leafIndex() != entry.serial()
                || inclusion.leafCount() != sealed.seal().size()) {
            throw new IllegalArgumentException(
                    "serial "
                            + entry.serial()
                            + " under "
                            + sealed.seal().size()
                            + " is not what "
                            + inclusion
                            + " is about");
        }
    }

    public static void write(Encoder encoder, Sighting sighting) {
        Entry.write(encoder, sighting.entry);
        InclusionProof.write(encoder, sighting.inclusion);
        Sealed.writeFields(encoder, sighting.sealed);
    }

    public static Sighting read(Decoder decoder) {
        return new Sighting(
                Entry.read(decoder), InclusionProof.read(decoder), Sealed.readFields(decoder));
    }
}
