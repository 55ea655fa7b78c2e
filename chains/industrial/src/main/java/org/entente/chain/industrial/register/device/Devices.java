package org.entente.chain.industrial.register.device;

import org.entente.certs.Verifier;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Devices, their certificates and what they said. Its keys, of the contract `device`, are
/// `device/` ‖ identifier, `certificate/` ‖ digest, `series/` ‖ identifier ‖ `#` ‖ series, and
/// `report/` ‖ identifier ‖ `#` ‖ series ‖ 0x00 ‖ number u64.
public record Devices(Records records) {
    public static final Name REGISTER = new Name("device");
    private static final String DEVICE = "device/";
    private static final int NAME_DIGITS = 40;
    private static final int LISTED_MAX = 65_536;
    private static final Bytes ZERO = Bytes.fromHex("00");

    public static Bytes place(Identifier device) {
        return Bytes.utf8(DEVICE + device);
    }

    public static Bytes place(Digest certificate) {
        return Bytes.utf8("certificate/").concat(certificate.bytes());
    }

    public static Bytes place(Identifier device, String series) {
        return Bytes.utf8("series/" + device + "#" + series);
    }

    public static Bytes place(Identifier device, String series, long number) {
        return Bytes.utf8("report/" + device + "#" + series)
                .concat(ZERO)
                .concat(Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }

    /// What a device is called in certificates: an identifier has letters of both cases and may be
    /// longer than the name of a node, so the name follows from its digest.
    public static NodeId node(OrganisationId organisation, Identifier device) {
        return new NodeId(organisation, node(device));
    }

    /// The same without the organisation whose device it is.
    public static Name node(Identifier device) {
        String digits = Digest.of(Bytes.utf8(device.text())).hex().substring(0, NAME_DIGITS);
        return new Name("device-" + digits);
    }

    public Optional<Device> find(Identifier device) {
        return records.find(REGISTER, place(device), Device.FORMAT);
    }

    /// Devices in the order of their identifiers, at most so many.
    ///
    /// @param after empty: from the first on
    public List<Identifier> after(Optional<Identifier> after, int countMax) {
        Bytes all = Bytes.utf8(DEVICE);
        return records.under(REGISTER, all, LISTED_MAX).stream()
                .map(each -> each.key().slice(all.size(), each.key().size()).asUtf8())
                .map(Identifier::new)
                .filter(each -> after.isEmpty() || each.compareTo(after.get()) > 0)
                .limit(countMax)
                .toList();
    }

    public Optional<DeviceCertificate> certificate(Digest digest) {
        return records.find(REGISTER, place(digest), DeviceCertificate.FORMAT);
    }

    public Optional<DeviceSeries> series(Identifier device, String series) {
        return records.find(REGISTER, place(device, series), DeviceSeries.FORMAT);
    }

    public Optional<Reported> reported(Identifier device, String series, long number) {
        return records.find(REGISTER, place(device, series, number), Reported.FORMAT);
    }

    /// A device that is known.
    public Parsed<Device> known(Identifier device) {
        return find(device)
                .map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Fault.NOT_FOUND, "no device is " + device));
    }

    /// Whether a device said something that is to be believed at a time.
    public Verdict believes(
            Identifier device,
            Digest certificate,
            Digest said,
            Signature signature,
            Instant now,
            Verifier verifier) {
        return known(device)
                .then(found ->
                        active(device, found, now)
                                .then(_ -> holding(device, certificate, now))
                                .then(it ->
                                        verifier.verify(it.key(), said, signature)
                                                ? Parsed.of(it)
                                                : Parsed.<DeviceCertificate>refused(
                                                        Fault.BAD_SIGNATURE,
                                                        device + " did not sign " + said)))
                .verdict();
    }

    private static Parsed<Device> active(Identifier device, Device found, Instant now) {
        Device.Standing standing = found.standing(now);
        return standing == Device.Standing.ACTIVE
                ? Parsed.of(found)
                : Parsed.refused(Fault.DEVICE_INACTIVE, device + " is " + standing);
    }

    private Parsed<DeviceCertificate> holding(Identifier device, Digest digest, Instant now) {
        Optional<DeviceCertificate> found = certificate(digest);
        if (found.isEmpty()) {
            return Parsed.refused(
                    Fault.UNTRUSTED_ISSUER, "no certificate " + digest + " is registered");
        }
        DeviceCertificate certificate = found.get();
        if (!certificate.device().equals(device)) {
            return Parsed.refused(Fault.UNBOUND, "the certificate is of " + certificate.device());
        }
        if (certificate.withdrawn().isPresent()) {
            return Parsed.refused(
                    Fault.CERTIFICATE_REVOKED, "withdrawn at " + certificate.withdrawn().get());
        }
        if (now.isBefore(certificate.from())) {
            return Parsed.refused(
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    "it begins " + certificate.from() + ", it is " + now);
        }
        if (now.isAfter(certificate.to())) {
            return Parsed.refused(
                    Fault.CERTIFICATE_EXPIRED, "it ended " + certificate.to() + ", it is " + now);
        }
        return new Identifiers(records)
                .active(device)
                .then(named ->
                        named.owner().equals(certificate.organisation())
                                ? Parsed.of(certificate)
                                : Parsed.refused(
                                        Fault.FOREIGN_TRUST_DOMAIN,
                                        "%s is of %s, the certificate of %s"
                                                .formatted(
                                                        device,
                                                        named.owner(),
                                                        certificate.organisation())));
    }
}
