package org.entente.client.cli.exchange;

import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Patience;
import org.entente.client.RelayClient;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.AllianceId;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.log.CancelWish;
import org.entente.protocol.log.Cancellation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `parked retry` and `parked cancel`: what an owner does about a delivery that does not come
/// through.
final class ParkedAct implements Command {
    private static final Parameter<Long> SERIAL =
            Parameter.argument("SERIAL", "of the exchange's entry", Long::valueOf);

    /// What is done.
    enum Act {
        RETRY,
        CANCEL
    }

    private final Act act;

    ParkedAct(Act act) {
        this.act = act;
    }

    @Override
    public Usage usage() {
        String word = act.name().toLowerCase(Locale.ROOT);
        return new Usage(
                word,
                switch (act) {
                    case RETRY -> "Have a parked exchange delivered again.";
                    case CANCEL ->
                            "Wish that an exchange is not delivered any more: an agent of the"
                                    + " source or of the destination signs it.";
                },
                switch (act) {
                    case RETRY -> "the destination's chain, when it comes through.";
                    case CANCEL -> "the alliance's log; the inbox then records it as cancelled.";
                },
                "entente parked " + word + " ALLIANCE 17 --identity agent-1",
                List.of(
                        ParkedList.ALLIANCE,
                        SERIAL,
                        Options.IDENTITY,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ParkedList.ALLIANCE);
        long serial = call.value(SERIAL);
        IdentityDirectory identity =
                IdentityDirectory.open(
                        call.value(Options.IDENTITY), call.world().cryptography().get());
        try (RelayClient relay =
                RelayClient.of(
                        RelayDesk.place(call, Optional.of(identity.home())),
                        identity.tls(),
                        Patience.STANDARD,
                        call.world().random())) {
            String done =
                    switch (act) {
                        case RETRY -> {
                            relay.exchanges().retry(alliance, serial);
                            yield "it is tried again";
                        }
                        case CANCEL -> {
                            relay.exchanges().cancel(wish(identity, alliance, serial));
                            yield "the wish is handed in";
                        }
                    };
            return Answer.of(
                            "serial " + serial + ": " + done,
                            Fields.of("alliance", alliance).and("serial", serial))
                    .next("entente parked list " + alliance);
        }
    }

    private static CancelWish wish(IdentityDirectory identity, AllianceId alliance, long serial)
            throws Failure {
        Cancellation cancellation = new Cancellation(alliance, serial);
        return new CancelWish(
                cancellation,
                new NodeSignature(
                        identity.node(),
                        identity.signer().sign(Cancellation.FORMAT.digest(cancellation))));
    }
}
