package org.entente.client.cli.organisation;

import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.registry.Match;
import org.entente.registry.Matching;

import java.util.ArrayList;
import java.util.List;

/// `require match`: which offers meet which wants.
final class RequireMatch implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "match",
                "Show which offers meet which wants: same chain and operation, resources and rate"
                        + " within the offered ones.",
                "nothing.",
                "entente require match --identity app-1",
                List.of(
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call)) {
            Table table = new Table("OFFERED BY", "WANTED BY", "RESOURCE", "FROM", "TO");
            List<Fields> json = new ArrayList<>();
            for (Match match : Matching.matches(desk.registry(), call.world().clock().instant())) {
                table.row(
                        match.offer().requirement().node(),
                        match.want().requirement().node(),
                        match.want().requirement().resource().text(),
                        match.source(),
                        match.destination());
                json.add(
                        Fields.of("offer", RequireList.fields(match.offer()))
                                .and("want", RequireList.fields(match.want()))
                                .and("destination", match.destination()));
            }
            Fields fields = Fields.of("matches", json);
            return table.isEmpty()
                    ? Answer.of("nothing matches yet", fields)
                            .next(
                                    "an offer needs a want for the same chain, operation and"
                                            + " resource, by a node on another chain")
                    : Answer.of(table.lines(), fields)
                            .next("entente alliance draft --from-matches contract.json");
        }
    }
}
