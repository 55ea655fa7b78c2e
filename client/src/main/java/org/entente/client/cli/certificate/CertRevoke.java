package org.entente.client.cli.certificate;

import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.certs.issue.Ledger;
import org.entente.certs.issue.LedgerState;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.Change;
import org.entente.registry.RevocationReason;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `cert revoke`: takes certificates back. First the CA's own ledger and CRL, then the registry;
/// what a crash interrupts is completed by giving the command again.
final class CertRevoke implements Command {
    private static final Parameter<Name> NODE =
            Parameter.optional(
                    "--node", "N", "all identity certificates of this node that hold", Name::new);
    private static final Parameter<Bytes> SERIAL =
            Parameter.optional(
                    "--serial", "HEX", "the certificate with this serial number", Bytes::fromHex);
    private static final Parameter<RevocationReason> REASON =
            Parameter.optional(
                    "--reason",
                    "R",
                    "such as key-compromise or superseded; unspecified if not said",
                    CertRevoke::reason);

    @Override
    public Usage usage() {
        return new Usage(
                "revoke",
                "Revoke a node's certificates, or one by its serial number.",
                "the CA's ledger and CRLs in DIR, the registry log, the logs of the organisation's"
                        + " alliances.",
                "entente cert revoke --org alpha --node app-1 --reason key-compromise",
                List.of(
                        Options.ORG,
                        NODE,
                        SERIAL,
                        REASON,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        call.exactlyOne(NODE, SERIAL);
        try (Office office = Office.ofOrganisation(call)) {
            Instant now = call.world().clock().instant();
            var known = office.registry().revocations().fromSerial();
            List<Revocation> open =
                    named(call, office, now).stream()
                            .filter(each -> !known.containsKey(each))
                            .toList();
            if (open.isEmpty()) {
                throw new Refused(Fault.ALREADY_EXISTS, "what is named is revoked already");
            }
            List<String> lines = new ArrayList<>();
            List<Fields> json = new ArrayList<>();
            for (Revocation each : open) {
                note(office, each, now);
                Submitted submitted =
                        office.desk().submit(office.signatory().sign(change(call, office, each)));
                lines.add(
                        "revoked "
                                + each.serialNumber()
                                + " from serial "
                                + submitted.serial()
                                + " on");
                json.add(
                        Fields.of("serialNumber", each.serialNumber())
                                .and("issuer", each.issuer())
                                .and("serial", submitted.serial()));
            }
            office.home().with(directory -> directory.publishLists(now));
            return Answer.of(lines, Fields.of("revoked", json))
                    .next("CRLs are in " + office.home().home().resolve("lists"));
        }
    }

    private static Change change(Call call, Office office, Revocation certificate) {
        return new Change.CertificateRevoked(
                office.organisation(),
                certificate.issuer(),
                certificate.serialNumber(),
                call.value(REASON, RevocationReason.UNSPECIFIED));
    }

    /// The ledger may have it from a run that was interrupted.
    private static void note(Office office, Revocation certificate, Instant now) throws Failure {
        Parsed<Revocation> noted =
                office.home().with(directory -> directory.withdrawals().revoke(certificate, now));
        if (noted instanceof Parsed.Refused<Revocation>(Verdict.Rejected why)
                && why.fault() != Fault.ALREADY_EXISTS) {
            throw new Refused(why);
        }
    }

    private static List<Revocation> named(Call call, Office office, Instant now) throws Failure {
        if (call.has(SERIAL)) {
            return List.of(
                    office.home()
                            .with(directory -> directory.withdrawals().named(call.value(SERIAL)))
                            .orElseThrow(() ->
                                    new Refused(
                                            Fault.NOT_FOUND,
                                            "the organisation issued no such" + " certificate")));
        }
        NodeId node = new NodeId(office.organisation(), call.value(NODE));
        List<Revocation> found =
                Refused.unless(
                        office.home()
                                .with(directory ->
                                        directory
                                                .ledger()
                                                .decide(state -> held(state, node, now))));
        if (found.isEmpty()) {
            throw new Refused(Fault.UNKNOWN_NODE, node + " has no certificate that holds");
        }
        return found;
    }

    private static Parsed<Ledger.Decision<List<Revocation>>> held(
            LedgerState state, NodeId node, Instant now) {
        List<Revocation> found = new ArrayList<>();
        state.identities((name, certificate) -> {
            if (isOf(certificate, node) && now.isBefore(certificate.notAfter())) {
                found.add(name);
            }
        });
        return Parsed.of(new Ledger.Decision<>(found, List.of()));
    }

    private static boolean isOf(Certificate certificate, NodeId node) {
        return certificate.node().filter(node::equals).isPresent();
    }

    private static RevocationReason reason(String text) {
        for (RevocationReason reason : RevocationReason.values()) {
            if (reason.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException(
                "a reason is unspecified, key-compromise, ca-compromise, affiliation-changed,"
                        + " superseded, cessation-of-operation or privilege-withdrawn, not '"
                        + text
                        + "'");
    }
}
