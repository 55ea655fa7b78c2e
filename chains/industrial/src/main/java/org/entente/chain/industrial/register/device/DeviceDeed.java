package org.entente.chain.industrial.register.device;

import org.entente.certs.Certificate;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What is told the register of devices, by the owner of the device's identifier
/// (docs/chains/industrial-registers.md §4).
public sealed interface DeviceDeed extends Deed {
    int REASON_SIZE_BYTES_MAX = 256;
    List<String> METHODS =
            List.of(
                    "apply",
                    "describe",
                    "certify",
                    "activate",
                    "suspend",
                    "revoke",
                    "withdraw",
                    "report");
    Format<DeviceDeed> FORMAT =
            new Format<>(RegisterTag.DEVICE_DEED, 16 * 1024, DeviceDeed::write, DeviceDeed::read);

    Identifier device();

    /// A device is to be believed; nothing of it is yet.
    record Apply(Identifier device, Profile profile) implements DeviceDeed {}

    /// @param version which it is, so that two writers do not hide each other's
    record Describe(Identifier device, int version, Profile profile) implements DeviceDeed {}

    /// What the organisation's CA says about one more key of it.
    ///
    /// @param certificate in DER
    record Certify(Identifier device, Bytes certificate) implements DeviceDeed {}

    /// It is believed from now on.
    record Activate(Identifier device) implements DeviceDeed {}

    /// Nothing of it is believed until it is activated again.
    record Suspend(Identifier device, String reason) implements DeviceDeed {
        public Suspend {
            Texts.require("a reason", reason, REASON_SIZE_BYTES_MAX);
        }
    }

    /// Nothing of it is ever believed again.
    record Revoke(Identifier device, String reason) implements DeviceDeed {
        public Revoke {
            Texts.require("a reason", reason, REASON_SIZE_BYTES_MAX);
        }
    }

    /// Nothing that a certificate's key signed is believed from now on.
    record Withdraw(Identifier device, Digest certificate, String reason) implements DeviceDeed {
        public Withdraw {
            Texts.require("a reason", reason, REASON_SIZE_BYTES_MAX);
        }
    }

    /// What the device itself says, carried by whichever account of its organisation.
    record Tell(Report report, Signature signature) implements DeviceDeed {
        @Override
        public Identifier device() {
            return report.device();
        }
    }

    @Override
    default String method() {
        return switch (this) {
            case Apply _ -> "apply";
            case Describe _ -> "describe";
            case Certify _ -> "certify";
            case Activate _ -> "activate";
            case Suspend _ -> "suspend";
            case Revoke _ -> "revoke";
            case Withdraw _ -> "withdraw";
            case Tell _ -> "report";
        };
    }

    private static void write(Encoder encoder, DeviceDeed deed) {
        switch (deed) {
            case Apply(Identifier device, Profile profile) -> {
                Identifier.write(encoder.u8(1), device);
                Profile.write(encoder, profile);
            }
            case Describe(Identifier device, int version, Profile profile) -> {
                Identifier.write(encoder.u8(2), device);
                Profile.write(encoder.u32(version), profile);
            }
            case Certify(Identifier device, Bytes certificate) -> {
                Identifier.write(encoder.u8(3), device);
                encoder.bytes(certificate);
            }
            case Activate(Identifier device) -> Identifier.write(encoder.u8(4), device);
            case Suspend(Identifier device, String reason) -> {
                Identifier.write(encoder.u8(5), device);
                encoder.text(reason);
            }
            case Revoke(Identifier device, String reason) -> {
                Identifier.write(encoder.u8(6), device);
                encoder.text(reason);
            }
            case Withdraw(Identifier device, Digest certificate, String reason) -> {
                Identifier.write(encoder.u8(7), device);
                encoder.digest(certificate).text(reason);
            }
            case Tell(Report report, Signature signature) -> {
                Report.write(encoder.u8(8), report);
                encoder.signature(signature);
            }
        }
    }

    private static DeviceDeed read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Apply(Identifier.read(decoder), Profile.read(decoder));
            case 2 -> new Describe(Identifier.read(decoder), decoder.u32(), Profile.read(decoder));
            case 3 ->
                    new Certify(
                            Identifier.read(decoder), decoder.bytes(Certificate.SIZE_BYTES_MAX));
            case 4 -> new Activate(Identifier.read(decoder));
            case 5 -> new Suspend(Identifier.read(decoder), decoder.text(REASON_SIZE_BYTES_MAX));
            case 6 -> new Revoke(Identifier.read(decoder), decoder.text(REASON_SIZE_BYTES_MAX));
            case 7 ->
                    new Withdraw(
                            Identifier.read(decoder),
                            decoder.digest(),
                            decoder.text(REASON_SIZE_BYTES_MAX));
            case 8 -> new Tell(Report.read(decoder), decoder.signature());
            default -> throw new IllegalArgumentException("no deed has the number " + kind);
        };
    }
}
