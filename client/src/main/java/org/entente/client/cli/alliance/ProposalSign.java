package org.entente.client.cli.alliance;

import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.Submitted;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.client.cli.party.Signatory;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.OpenProposal;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `alliance sign` and `contract sign`: adds one signature to a proposal. What is signed was
/// downloaded, checked and folded here, and is shown.
final class ProposalSign implements Command {
    private static final Parameter<Digest> PROPOSAL =
            Parameter.argument("PROPOSAL", "its digest, as the proposer shows it", Digest::fromHex);
    private static final Parameter<Path> RECOVERY_KEY =
            Parameter.optional(
                    "--recovery-key",
                    "FILE",
                    "the organisation's recovery key (PKCS#12); FILE.password opens it",
                    Path::of);

    private final String group;

    ProposalSign(String group) {
        this.group = group;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "sign",
                "Sign a proposal: with the root key of a party, an agent's key, or a recovery key.",
                "the registry log; the alliance's log when this signature completes the proposal.",
                "entente " + group + " sign PROPOSAL --org alpha",
                List.of(
                        PROPOSAL,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        RECOVERY_KEY,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        call.exactlyOne(Options.ORG, Options.IDENTITY, RECOVERY_KEY);
        Digest subject = call.value(PROPOSAL);
        if (call.has(RECOVERY_KEY)) {
            try (RelayDesk desk = RelayDesk.open(call)) {
                OpenProposal proposal = Proposals.open(desk.registry(), subject);
                return sign(desk, proposal, recovering(call, proposal));
            }
        }
        try (Office office = Office.ofEither(call)) {
            OpenProposal proposal = Proposals.open(office.registry(), subject);
            return sign(office.desk(), proposal, office.signatory());
        }
    }

    private static Answer sign(RelayDesk desk, OpenProposal proposal, Signatory signatory)
            throws Failure {
        Digest subject = proposal.subject();
        Change change = new Change.Approved(subject, signatory.approve(subject));
        Submitted submitted = desk.submit(SignedChange.of(change));
        Registry after = desk.registry();
        List<String> lines = new ArrayList<>();
        lines.add("signed by " + signatory.approver().words());
        boolean open = after.proposal(subject).isPresent();
        OpenProposal newest = after.proposal(subject).orElse(proposal);
        lines.addAll(open ? Proposals.words(newest) : List.of("complete: " + outcome(proposal)));
        Fields json =
                Fields.of("proposal", subject)
                        .and("complete", !open)
                        .and("alliance", proposal.alliance())
                        .and("serial", submitted.serial());
        return Answer.of(lines, json)
                .next(
                        open
                                ? "the others sign: entente contract show " + subject
                                : "entente alliance show " + proposal.alliance());
    }

    private static String outcome(OpenProposal proposal) {
        return Proposals.words(proposal).getFirst();
    }

    /// The proposal knows whose recovery key this is.
    private static Signatory recovering(Call call, OpenProposal proposal) throws Failure {
        Path file = call.value(RECOVERY_KEY);
        try {
            var signer =
                    call.world()
                            .cryptography()
                            .get()
                            .signer(
                                    KeyFile.read(file, Password.read(Path.of(file + ".password")))
                                            .keys());
            Approver approver =
                    proposal.electorate().recovering().stream()
                            .filter(each ->
                                    signer.key().equals(proposal.electorate().keys().get(each)))
                            .findFirst()
                            .orElseThrow(() ->
                                    new Refused(
                                            Fault.NOT_A_SIGNER,
                                            file + " is no recovery key of the alliance"));
            return new Signatory(approver, signer);
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    file + " cannot be used: " + e.getMessage(),
                    "Check the path; the password stands in " + file + ".password, mode 600.");
        }
    }
}
