package org.entente.certs.issue;

import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.certs.HostName;
import org.entente.certs.Revocation;
import org.entente.certs.Subject;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.List;

/// Entries of the CA's ledger ↔ bytes. The numbers of the kinds are never reused.
public final class LedgerFormat {
    public static final int SIZE_BYTES_MAX = 16 * 1024;
    public static final Format<LedgerEntry> FORMAT =
            new Format<>(Purpose.LEDGER, SIZE_BYTES_MAX, LedgerFormat::write, LedgerFormat::read);

    private static final int URI_SIZE_MAX = 256;
    private static final int HOST_SIZE_MAX = 253;
    private static final int SERIAL_NUMBER_SIZE = 16;

    private LedgerFormat() {}

    private static void write(Encoder to, LedgerEntry entry) {
        switch (entry) {
            case LedgerEntry.TokenIssued(var token, var node, var hosts, var expires) ->
                    time(
                            to.u8(1)
                                    .fixed(token.bytes(), Digest.SIZE_BYTES)
                                    .text(node.uri())
                                    .list(hosts, (encoder, host) -> encoder.text(host.text())),
                            expires);
            case LedgerEntry.TokenUsed(var token, var serialNumber) ->
                    to.u8(2)
                            .fixed(token.bytes(), Digest.SIZE_BYTES)
                            .fixed(serialNumber, SERIAL_NUMBER_SIZE);
            case LedgerEntry.IdentityIssued(var issuer, var certificate) ->
                    to.u8(3).fixed(issuer.bytes(), Digest.SIZE_BYTES).bytes(certificate.der());
            case LedgerEntry.BatchIssued(var issuer, var holder, var notAfter, var serials) ->
                    time(
                                    to.u8(4)
                                            .fixed(issuer.bytes(), Digest.SIZE_BYTES)
                                            .text(holder.uri()),
                                    notAfter)
                            .list(
                                    serials,
                                    (encoder, serial) -> encoder.fixed(serial, SERIAL_NUMBER_SIZE));
            case LedgerEntry.Revoked(var certificate, var notAfter, var at) ->
                    time(time(certificate(to.u8(5), certificate), notAfter), at);
            case LedgerEntry.Opened(var certificate, var holder, var demand, var at) ->
                    time(
                            certificate(to.u8(6), certificate)
                                    .text(holder.uri())
                                    .fixed(demand.bytes(), Digest.SIZE_BYTES),
                            at);
            case LedgerEntry.ListIssued(var issuer, var number) ->
                    to.u8(7).fixed(issuer.bytes(), Digest.SIZE_BYTES).u64(number);
            case LedgerEntry.RolesGiven(var node, var roles) ->
                    to.u8(8)
                            .text(node.uri())
                            .list(roles, (encoder, role) -> encoder.text(role.text()));
        }
    }

    private static LedgerEntry read(Decoder from) {
        int kind = from.u8();
        return switch (kind) {
            case 1 -> tokenIssued(from);
            case 2 -> new LedgerEntry.TokenUsed(digest(from), from.fixed(SERIAL_NUMBER_SIZE));
            case 3 -> new LedgerEntry.IdentityIssued(digest(from), certificate(from));
            case 4 ->
                    new LedgerEntry.BatchIssued(
                            digest(from),
                            node(from),
                            time(from),
                            from.list(
                                    CertificateAuthority.BATCH_MAX,
                                    decoder -> decoder.fixed(SERIAL_NUMBER_SIZE)));
            case 5 -> new LedgerEntry.Revoked(revocation(from), time(from), time(from));
            case 6 ->
                    new LedgerEntry.Opened(revocation(from), node(from), digest(from), time(from));
            case 7 -> new LedgerEntry.ListIssued(digest(from), from.u64());
            case 8 -> rolesGiven(from);
            default -> throw new IllegalArgumentException("no kind of entry: " + kind);
        };
    }

    private static LedgerEntry tokenIssued(Decoder from) {
        Digest token = digest(from);
        NodeId node = node(from);
        List<HostName> hosts =
                from.list(
                        Subject.Node.HOSTS_MAX,
                        decoder -> new HostName(decoder.text(HOST_SIZE_MAX)));
        Sorted.requireStrictlyAscending(hosts, "the host names");
        return new LedgerEntry.TokenIssued(token, node, Sorted.copyOf(hosts), time(from));
    }

    private static LedgerEntry rolesGiven(Decoder from) {
        NodeId node = node(from);
        List<Name> roles =
                from.list(Grant.ROLES_MAX, decoder -> new Name(decoder.text(Name.SIZE_MAX)));
        Sorted.requireStrictlyAscending(roles, "the roles");
        return new LedgerEntry.RolesGiven(node, Sorted.copyOf(roles));
    }

    private static Certificate certificate(Decoder from) {
        return switch (Certificate.parse(from.bytes(Certificate.SIZE_BYTES_MAX))) {
            case Parsed.Value<Certificate>(var certificate) -> certificate;
            case Parsed.Refused<Certificate>(var why) ->
                    throw new IllegalArgumentException(why.toString());
        };
    }

    private static Encoder certificate(Encoder to, Revocation certificate) {
        return to.fixed(certificate.issuer().bytes(), Digest.SIZE_BYTES)
                .fixed(certificate.serialNumber(), SERIAL_NUMBER_SIZE);
    }

    private static Revocation revocation(Decoder from) {
        return new Revocation(digest(from), from.fixed(SERIAL_NUMBER_SIZE));
    }

    private static Digest digest(Decoder from) {
        return new Digest(from.fixed(Digest.SIZE_BYTES));
    }

    private static NodeId node(Decoder from) {
        return NodeId.parse(from.text(URI_SIZE_MAX));
    }

    private static Encoder time(Encoder to, Instant time) {
        return to.u64(time.toEpochMilli());
    }

    private static Instant time(Decoder from) {
        return Instant.ofEpochMilli(from.u64());
    }
}
