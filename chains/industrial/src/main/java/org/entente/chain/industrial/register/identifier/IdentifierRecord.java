package org.entente.chain.industrial.register.identifier;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.Optional;

/// How an identifier stands at one of its versions.
///
/// @param version from 1; each change makes the next
/// @param offered to whom its owner offers it
/// @param changed the time of the block
public record IdentifierRecord(
        OrganisationId owner,
        Status status,
        int version,
        Optional<OrganisationId> offered,
        Instant changed,
        Description description) {
    public static final Format<IdentifierRecord> FORMAT =
            new Format<>(
                    RegisterTag.IDENTIFIER,
                    16 * 1024,
                    IdentifierRecord::write,
                    IdentifierRecord::read);

    /// Whether it names something.
    public enum Status implements Coded {
        ACTIVE(1),
        /// For ever: what a name meant does not come to mean something else.
        RETIRED(2);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public IdentifierRecord {
        if (version < 1) {
            throw new IllegalArgumentException("versions are counted from 1, not " + version);
        }
        if (status == Status.RETIRED && offered.isPresent()) {
            throw new IllegalArgumentException("what is retired is not offered");
        }
    }

    static IdentifierRecord begun(OrganisationId owner, Description description, Instant now) {
        return new IdentifierRecord(owner, Status.ACTIVE, 1, Optional.empty(), now, description);
    }

    IdentifierRecord described(Description next, Instant now) {
        return new IdentifierRecord(owner, status, version + 1, offered, now, next);
    }

    IdentifierRecord offered(Optional<OrganisationId> to, Instant now) {
        return new IdentifierRecord(owner, status, version + 1, to, now, description);
    }

    IdentifierRecord accepted(OrganisationId by, Instant now) {
        return new IdentifierRecord(by, status, version + 1, Optional.empty(), now, description);
    }

    IdentifierRecord retired(Instant now) {
        return new IdentifierRecord(
                owner, Status.RETIRED, version + 1, Optional.empty(), now, description);
    }

    private static void write(Encoder encoder, IdentifierRecord it) {
        encoder.organisation(it.owner)
                .coded(it.status)
                .u32(it.version)
                .optional(it.offered, Encoder::organisation)
                .time(it.changed);
        Description.write(encoder, it.description);
    }

    private static IdentifierRecord read(Decoder decoder) {
        return new IdentifierRecord(
                decoder.organisation(),
                decoder.coded(Status.class),
                decoder.u32(),
                decoder.optional(Decoder::organisation),
                decoder.time(),
                Description.read(decoder));
    }
}
