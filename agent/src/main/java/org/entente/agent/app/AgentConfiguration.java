package org.entente.agent.app;

import org.entente.certs.HostName;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.registry.NodeRole;
import org.entente.runtime.config.Address;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.logging.LogFormat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;

/// What `agent.conf` says.
///
/// @param organisation the directory that `entente org init` made
/// @param password of that directory's key files
/// @param identity the directory of the agent's own key
/// @param relay empty for an agent that serves its organisation's nodes alone
/// @param journal the directory of what the agent decided
/// @param followed the chains that it sees itself
/// @param rotationOverlap how long after a rotation the agent still presents the old CA's
///   certificate
public record AgentConfiguration(
        HttpServerConfiguration http,
        Path organisation,
        Path password,
        Name node,
        Path identity,
        SortedSet<HostName> hosts,
        Optional<Relay> relay,
        SortedSet<ChainId> chains,
        SortedSet<NodeRole> roles,
        Path journal,
        List<ChainConfiguration> followed,
        Duration rotationOverlap,
        LogFormat logFormat) {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "agent";

    /// Stand for keys that the file does not name.
    private static final Path UNSET = Path.of("");

    private static final URI NO_RELAY = URI.create("");

    /// @param certificate the file of the relay's own certificate, whose key is pinned
    public record Relay(URI address, Path certificate) {}

    public AgentConfiguration {
        hosts = Sorted.copyOf(hosts);
        chains = Sorted.copyOf(chains);
        roles = Sorted.copyOf(roles);
        followed = List.copyOf(followed);
        if (followed.stream().map(ChainConfiguration::chain).distinct().count() < followed.size()) {
            throw new IllegalArgumentException("one chain is named twice");
        }
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts names at least one name or address");
        }
    }

    public static Configured<AgentConfiguration> configured(Settings settings) {
        Setting<String> process = settings.process(PROCESS);
        Setting<Address> listen = settings.address("listen");
        Setting<Path> organisation = settings.path("organisation");
        Setting<Path> password = settings.path("organisationPassword").orElse(UNSET);
        Setting<Name> node = settings.made("node", Name::new);
        Setting<Path> identity = settings.path("identity").orElse(UNSET);
        Setting<List<HostName>> hosts =
                settings.listed("hosts", HostName::new)
                        .orElse(List.of(new HostName("localhost"), new HostName("127.0.0.1")));
        Setting<URI> relay = settings.https("relay").orElse(NO_RELAY);
        Setting<Path> relayCertificate = settings.path("relayCertificate").orElse(UNSET);
        Setting<List<ChainId>> chains = settings.listed("chains", ChainId::new).orElse(List.of());
        Setting<List<NodeRole>> roles =
                settings.list("roles", AgentConfiguration::role).orElse(List.of());
        Setting<Path> journal = settings.path("journal").orElse(UNSET);
        List<ChainConfiguration.Lines> followed =
                IntStream.rangeClosed(1, ChainConfiguration.COUNT_MAX)
                        .mapToObj(number -> ChainConfiguration.Lines.of(settings, number))
                        .toList();
        Setting<Duration> overlap =
                settings.duration("rotationOverlap", Duration.ZERO, Duration.ofDays(90))
                        .orElse(Duration.ofDays(7));
        Setting<Integer> slots = settings.whole("http.slots", 1, 4_096).orElse(64);
        Setting<Integer> queue = settings.whole("http.queue", 0, 65_536).orElse(256);
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        return settings.finish(() -> {
            process.value();
            Path home = organisation.value();
            Path own =
                    either(identity.value(), home.resolve("agents").resolve(node.value().text()));
            List<ChainConfiguration> seen =
                    followed.stream().flatMap(lines -> lines.value().stream()).toList();
            return new AgentConfiguration(
                    HttpServerConfiguration.standard(listen.value(), slots.value(), queue.value()),
                    home,
                    either(password.value(), home.resolve("password")),
                    node.value(),
                    own,
                    Sorted.copyOf(hosts.value()),
                    relay(relay.value(), relayCertificate.value()),
                    told(chains.value(), seen),
                    Sorted.copyOf(roles.value()),
                    either(journal.value(), own.resolve("journal")),
                    seen,
                    overlap.value(),
                    logFormat.value());
        });
    }

    /// What the relay is told that the agent sees, when the file does not say otherwise.
    private static SortedSet<ChainId> told(List<ChainId> named, List<ChainConfiguration> followed) {
        return Sorted.copyOf(
                named.isEmpty()
                        ? followed.stream().map(ChainConfiguration::chain).toList()
                        : named);
    }

    private static Path either(Path named, Path otherwise) {
        return named.equals(UNSET) ? otherwise : named;
    }

    private static Optional<Relay> relay(URI address, Path certificate) {
        if (address.equals(NO_RELAY) != certificate.equals(UNSET)) {
            throw new IllegalArgumentException("relay and relayCertificate belong together");
        }
        return address.equals(NO_RELAY)
                ? Optional.empty()
                : Optional.of(new Relay(address, certificate));
    }

    private static Parsed<NodeRole> role(String text) {
        return Arrays.stream(NodeRole.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .map(Parsed::of)
                .orElseGet(() ->
                        Parsed.refused(
                                Fault.INVALID_VALUE,
                                "no role "
                                        + text
                                        + "; there are host, endorser, sealer,"
                                        + " deliverer"));
    }
}
