package org.entente.client.cli.organisation;

import org.entente.certs.HostName;
import org.entente.certs.issue.Invitation;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Durations;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.OrganisationHome;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;

/// `org token`: lets a node enrol, once.
final class OrgToken implements Command {
    private static final Duration STANDARD = Duration.ofHours(1);
    private static final Parameter<Name> NODE =
            Parameter.argument("NODE", "the node's name within the organisation", Name::new);
    private static final Parameter<List<Name>> ROLES =
            Parameter.optional(
                    "--roles",
                    "a,b",
                    "roles that its transaction certificates will carry",
                    Parameter.separated(Name::new));
    private static final Parameter<List<HostName>> HOSTS =
            Parameter.optional(
                    "--hosts",
                    "a,b",
                    "names and addresses of a server that the node may have certified",
                    Parameter.separated(HostName::new));
    private static final Parameter<Duration> VALID =
            Parameter.optional(
                    "--valid", "TIME", "how long the token works, 1h if not said", Durations::read);

    @Override
    public Usage usage() {
        return new Usage(
                "token",
                "Print a one-time token with which one node can enrol.",
                "the CA's ledger notes the token's hash and the roles.",
                "entente org token app-1 --org alpha --roles buyer --valid 1h",
                List.of(NODE, Options.ORG, ROLES, HOSTS, VALID));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (OrganisationHome home = OrganisationHome.open(call.value(Options.ORG), call)) {
            NodeId node = new NodeId(home.directory().organisation(), call.value(NODE));
            List<Name> roles = call.value(ROLES, List.of());
            SortedSet<HostName> hosts = Sorted.copyOf(call.value(HOSTS, List.of()));
            Duration valid = call.value(VALID, STANDARD);
            Instant now = call.world().clock().instant().truncatedTo(ChronoUnit.SECONDS);
            Invitation invitation =
                    Refused.unless(
                            home.with(_ ->
                                    call.has(ROLES)
                                            ? home.authority()
                                                    .invite(
                                                            node,
                                                            hosts,
                                                            Sorted.copyOf(roles),
                                                            valid,
                                                            now)
                                            : home.authority().invite(node, hosts, valid, now)));
            return Answer.of(
                            List.of(invitation.token()),
                            Fields.of("node", node)
                                    .and("token", invitation.token())
                                    .and("roles", roles)
                                    .and("expires", invitation.expires()))
                    .next(
                            "until "
                                    + invitation.expires()
                                    + ": entente enroll --agent URL --ca ROOT.pem --node "
                                    + node.uri()
                                    + " --token … --directory DIR");
        }
    }
}
