package org.entente.client.cli.certificate;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.Submitted;
import org.entente.client.TransactionFolder;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.registry.Change;

import java.util.List;

/// `cert open`: finds the holder of a transaction certificate for a logged demand. The entry comes
/// before the name.
final class CertOpen implements Command {
    private static final Parameter<Digest> DEMAND =
            Parameter.required(
                    "--demand", "DIGEST", "the auditor's logged demand", Digest::fromHex);

    @Override
    public Usage usage() {
        return new Usage(
                "open",
                "Open a transaction certificate on an auditor's logged demand: print its holder.",
                "the registry log, the logs of the organisation's alliances, the CA's ledger.",
                "entente cert open --org alpha --certificate c.pem --demand DIGEST",
                List.of(
                        Options.ORG,
                        CertDemand.CERTIFICATE,
                        DEMAND,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Certificate certificate = TransactionFolder.one(call.value(CertDemand.CERTIFICATE));
        Digest demand = call.value(DEMAND);
        try (Office office = Office.ofOrganisation(call)) {
            Revocation name =
                    new Revocation(issuer(office, certificate), certificate.serialNumber());
            if (office.home().with(directory -> directory.ledger().issued(name)).isEmpty()) {
                throw new Refused(Fault.NOT_FOUND, "the ledger has no " + certificate);
            }
            Submitted submitted =
                    office.desk()
                            .submit(
                                    office.signatory()
                                            .sign(
                                                    new Change.CertificateOpened(
                                                            office.organisation(),
                                                            certificate.digest(),
                                                            demand)));
            NodeId holder =
                    Refused.unless(
                            office.home()
                                    .with(directory ->
                                            directory
                                                    .withdrawals()
                                                    .open(
                                                            name,
                                                            demand,
                                                            call.world().clock().instant())));
            return office.desk()
                    .logged(
                            certificate.serialNumber() + " belongs to " + holder,
                            submitted,
                            Fields.of("holder", holder).and("demand", demand))
                    .next("tell the auditor who demanded it");
        }
    }

    private static Digest issuer(Office office, Certificate certificate) throws Failure {
        for (var generation : office.home().directory().generations()) {
            Authorities authorities = generation.authorities();
            if (authorities.issuerOf(certificate).isPresent()) {
                return authorities.issuerOf(certificate).get().digest();
            }
        }
        throw new Refused(Fault.UNTRUSTED_ISSUER, "no CA of this organisation issued it");
    }
}
