package org.entente.client.cli.organisation;

import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.RememberedRelay;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.registry.Change;
import org.entente.registry.RegistryCertificates;
import org.entente.registry.SignedChange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// `org join`: enrols the organisation at a relay.
final class OrgJoin implements Command {
    private static final Parameter<String> INVITATION =
            Parameter.required(
                    "--invitation",
                    "TOKEN",
                    "the relay operator's one-time invitation",
                    Function.identity());

    @Override
    public Usage usage() {
        return new Usage(
                "join",
                "Enrol the organisation at a relay: its name and its CAs become an entry of the"
                        + " registry.",
                "the relay's registry log; DIR remembers the relay.",
                "entente org join --org alpha --relay https://relay.example:8443"
                        + " --relay-certificate relay.pem --invitation TOKEN",
                List.of(Options.ORG, Options.RELAY, Options.RELAY_CERTIFICATE, INVITATION));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (Office office = Office.ofOrganisation(call)) {
            SignedChange change =
                    office.signatory()
                            .sign(
                                    new Change.OrganisationEnrolled(
                                            office.organisation(),
                                            title(office),
                                            RegistryCertificates.set(
                                                    office.home()
                                                            .directory()
                                                            .current()
                                                            .authorities())));
            Refused.unlessAccepted(
                    office.registry()
                            .check(
                                    change,
                                    call.world().clock().instant(),
                                    call.world().cryptography().get().verifier()));
            Submitted submitted = office.desk().client().submit(change, call.value(INVITATION));
            RememberedRelay.remember(office.desk().place(), call.value(Options.ORG));
            return office.desk()
                    .logged(
                            office.organisation()
                                    + " has joined "
                                    + office.desk().place().address(),
                            submitted,
                            Fields.of("organisation", office.organisation()))
                    .next(
                            "start the organisation's agent (entente agent --init), then add its"
                                    + " chains: entente chain add");
        }
    }

    private static String title(Office office) throws Failure {
        return office.home()
                .with(directory -> {
                    Path file = office.home().home().resolve(OrgInit.TITLE);
                    return Files.exists(file)
                            ? Files.readString(file).strip()
                            : directory.organisation().domain();
                });
    }
}
