package org.entente.chain.industrial.register.device;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a device stands: APPLIED →activate→ ACTIVE ⇄suspend, activate⇄ SUSPENDED; from any of these
/// →revoke→ REVOKED, for ever. Behind its time it is EXPIRED, whatever is recorded, unless REVOKED.
///
/// @param version from 1; each change makes the next
/// @param changed the time of the block
/// @param certificates digests of those that hold, the newest last
public record Device(
        Profile profile, State state, int version, Instant changed, List<Digest> certificates) {
    public static final int CERTIFICATE_COUNT_MAX = 8;
    public static final Format<Device> FORMAT =
            new Format<>(RegisterTag.DEVICE, 2_048, Device::write, Device::read);

    /// What is recorded.
    public enum State implements Coded {
        APPLIED(1),
        ACTIVE(2),
        SUSPENDED(3),
        REVOKED(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /// What follows from what is recorded and the time. Only an ACTIVE device is believed.
    public enum Standing {
        APPLIED,
        /// Its time has not begun.
        EARLY,
        ACTIVE,
        SUSPENDED,
        REVOKED,
        EXPIRED
    }

    public Device {
        certificates = List.copyOf(certificates);
        if (version < 1 || certificates.size() > CERTIFICATE_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "version " + version + " with " + certificates.size() + " certificates");
        }
    }

    static Device applied(Profile profile, Instant now) {
        return new Device(profile, State.APPLIED, 1, now, List.of());
    }

    public Standing standing(Instant now) {
        if (state != State.REVOKED && !now.isBefore(profile.to())) {
            return Standing.EXPIRED;
        }
        return switch (state) {
            case APPLIED -> Standing.APPLIED;
            case ACTIVE -> now.isBefore(profile.from()) ? Standing.EARLY : Standing.ACTIVE;
            case SUSPENDED -> Standing.SUSPENDED;
            case REVOKED -> Standing.REVOKED;
        };
    }

    Device described(Profile next, Instant now) {
        return new Device(next, state, version + 1, now, certificates);
    }

    Device in(State next, Instant now) {
        return new Device(profile, next, version + 1, now, certificates);
    }

    Device with(Digest certificate, Instant now) {
        List<Digest> more = new ArrayList<>(certificates);
        more.add(certificate);
        return new Device(profile, state, version + 1, now, more);
    }

    Device without(Digest certificate, Instant now) {
        List<Digest> fewer =
                certificates.stream().filter(each -> !each.equals(certificate)).toList();
        return new Device(profile, state, version + 1, now, fewer);
    }

    private static void write(Encoder encoder, Device device) {
        Profile.write(encoder, device.profile);
        encoder.coded(device.state)
                .u32(device.version)
                .time(device.changed)
                .list(device.certificates, Encoder::digest);
    }

    private static Device read(Decoder decoder) {
        return new Device(
                Profile.read(decoder),
                decoder.coded(State.class),
                decoder.u32(),
                decoder.time(),
                decoder.list(CERTIFICATE_COUNT_MAX, Decoder::digest));
    }
}
