package org.entente.launcher.app.solo;

import org.entente.chain.Action;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.endorsement.KnownEpochs;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.registry.SignedChange;

import java.util.ArrayList;
import java.util.List;

/// `solo found`: begins an inbox contract with the alliance's record 0, which is taken from the
/// alliance's log and has the alliance's id as its digest.
final class Found implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "the alliance's id", AllianceId::fromHex);

    @Override
    public Usage usage() {
        return new Usage(
                "found",
                "By the chain's owner: begin the alliance's inbox contract on the chain.",
                "a contract at ADDRESS, with epoch record 0.",
                "entente solo found \"$ALLIANCE\" --inbox inbox-customs --key owner.p12"
                        + " --node http://127.0.0.1:7500 --org beta",
                List.of(
                        ALLIANCE,
                        SoloCommands.INBOX,
                        NodeOptions.KEY,
                        NodeOptions.NODE,
                        NodeOptions.CERTIFICATE,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ALLIANCE);
        try (RelayDesk desk = RelayDesk.open(call);
                SoloChain chain = NodeOptions.chain(call)) {
            List<SignedChange> changes = new ArrayList<>();
            desk.alliance(alliance, entry -> changes.add(entry.change()));
            if (changes.isEmpty()) {
                throw new Refused(Fault.NOT_FOUND, "the alliance " + alliance + " has no log");
            }
            Bytes change = changes.getFirst().changeBytes();
            Refused.unless(KnownEpochs.founded(alliance, change));
            return SoloCommands.included(
                    chain.send(
                            NodeOptions.account(call),
                            new Action.Found(call.value(SoloCommands.INBOX), change)));
        }
    }
}
