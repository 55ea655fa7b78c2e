package org.entente.chain.industrial.register.device;

import org.entente.certs.Certificate;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.Optional;

/// What the chain knows of a certificate of a device; its key is the certificate's digest.
///
/// @param organisation whose CA made it
/// @param withdrawn from when it is not believed any longer, whatever it says itself
public record DeviceCertificate(
        Identifier device,
        OrganisationId organisation,
        VerifyingKey key,
        Instant from,
        Instant to,
        Optional<Instant> withdrawn) {
    public static final Format<DeviceCertificate> FORMAT =
            new Format<>(
                    RegisterTag.DEVICE_CERTIFICATE,
                    512,
                    DeviceCertificate::write,
                    DeviceCertificate::read);

    static DeviceCertificate of(Identifier device, Certificate certificate) {
        return new DeviceCertificate(
                device,
                certificate.organisation(),
                certificate.key(),
                certificate.notBefore(),
                certificate.notAfter(),
                Optional.empty());
    }

    DeviceCertificate withdrawn(Instant now) {
        return new DeviceCertificate(device, organisation, key, from, to, Optional.of(now));
    }

    private static void write(Encoder encoder, DeviceCertificate it) {
        Identifier.write(encoder, it.device);
        encoder.organisation(it.organisation)
                .key(it.key)
                .time(it.from)
                .time(it.to)
                .optional(it.withdrawn, Encoder::time);
    }

    private static DeviceCertificate read(Decoder decoder) {
        return new DeviceCertificate(
                Identifier.read(decoder),
                decoder.organisation(),
                decoder.key(),
                decoder.time(),
                decoder.time(),
                decoder.optional(Decoder::time));
    }
}
