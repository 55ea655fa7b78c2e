package org.entente.client.cli.organisation;

import org.entente.certs.issue.Generation;
import org.entente.client.Failure;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.Organisation;
import org.entente.registry.RegistryCertificates;
import org.entente.registry.SignedChange;

import java.util.List;

/// `org rotate`: replaces the CA by its next generation. Prepared, logged, then activated: a crash
/// between two of them is mended by giving the command again.
final class OrgRotate implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "rotate",
                "Replace the organisation's CA by its next generation; the old root and the new one"
                        + " sign that.",
                "the registry log, the logs of the organisation's alliances, DIR.",
                "entente org rotate --org alpha",
                List.of(Options.ORG, Options.RELAY, Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (Office office = Office.ofOrganisation(call)) {
            Generation next =
                    office.home()
                            .with(directory ->
                                    directory.prepareRotation(
                                            call.world().random(), call.world().clock().instant()));
            Fields json =
                    Fields.of("organisation", office.organisation())
                            .and("generation", next.number())
                            .and("root", next.authorities().root().digest());
            Answer answer =
                    isLogged(office, next)
                            ? Answer.of("generation " + next.number() + " was logged before", json)
                            : log(office, next, json);
            office.home()
                    .with(directory -> {
                        directory.activate(next);
                        return next;
                    });
            return answer.next(
                    "renew the nodes' certificates (entente cert renew); those of the generation"
                            + " before still hold until the next rotation");
        }
    }

    private static boolean isLogged(Office office, Generation next) throws Failure {
        Organisation known = office.registry().organisations().get(office.organisation());
        return known != null
                && known.newest().root().digest().equals(next.authorities().root().digest());
    }

    private static Answer log(Office office, Generation next, Fields json) throws Failure {
        OrganisationId organisation = office.organisation();
        Change.AuthoritiesRotated change =
                new Change.AuthoritiesRotated(
                        organisation, next.number(), RegistryCertificates.set(next.authorities()));
        Approver root = new Approver.Issuer(organisation, next.authorities().root().digest());
        Submitted submitted =
                office.desk()
                        .submit(
                                SignedChange.of(
                                        change,
                                        office.signatory().approve(change.digest()),
                                        Approval.by(root, next.root(), change.digest())));
        return office.desk()
                .logged(
                        "generation " + next.number() + " of " + organisation + " is in force",
                        submitted,
                        json);
    }
}
