package org.entente.runtime.http;

import org.entente.protocol.Sorted;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a route takes in.
///
/// @param mediaTypes of a body; empty takes any
public record Limits(int bodySizeBytesMax, SortedSet<String> mediaTypes, Lane lane) {
    public static final int BODY_SIZE_BYTES_MAX = 1 << 20;

    /// Who is served when the process is busy.
    public enum Lane {
        /// Waits for a slot like everyone.
        SHARED,
        /// Few slots of its own, so that health and metrics are answered under load.
        RESERVED,
        /// Waits for something to happen, or tells what happens: many, since they cost little.
        WAITING
    }

    public Limits {
        if (bodySizeBytesMax < 0) {
            throw new IllegalArgumentException("a body has no negative size: " + bodySizeBytesMax);
        }
        mediaTypes = Sorted.copyOf(mediaTypes);
    }

    public static Limits standard() {
        return new Limits(BODY_SIZE_BYTES_MAX, new TreeSet<>(), Lane.SHARED);
    }

    public Limits bodySizeMax(int bytes) {
        return new Limits(bytes, mediaTypes, lane);
    }

    /// Bodies of other types are refused UNSUPPORTED_MEDIA_TYPE; parameters such as charset are
    /// ignored.
    public Limits mediaTypes(String... types) {
        return new Limits(bodySizeBytesMax, new TreeSet<>(Arrays.asList(types)), lane);
    }

    public Limits waiting() {
        return new Limits(bodySizeBytesMax, mediaTypes, Lane.WAITING);
    }

    public Limits reserved() {
        return new Limits(bodySizeBytesMax, mediaTypes, Lane.RESERVED);
    }
}
