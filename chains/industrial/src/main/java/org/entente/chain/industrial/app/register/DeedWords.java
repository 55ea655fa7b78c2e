package org.entente.chain.industrial.app.register;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.pem.PemFile;
import org.entente.chain.app.Options;
import org.entente.chain.industrial.register.Organisation;
import org.entente.chain.industrial.register.OrganisationDeed;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.chain.industrial.register.identifier.Description;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Level;
import org.entente.chain.industrial.register.identifier.Prefix;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.register.order.OrderState;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The words of a command → the deed that it tells.
record DeedWords(Options options) {
    String word(int index) throws StartRefused {
        if (index >= options.words().size()) {
            throw options.usage("something is missing behind '" + said() + "'");
        }
        return options.words().get(index);
    }

    Identifier identifierAt(int index) throws StartRefused {
        return made(index, Identifier::new);
    }

    private String said() {
        return String.join(" ", options.words());
    }

    private <T> T made(int index, Options.Making<T> making) throws StartRefused {
        return options.made(said(), word(index), making);
    }

    private StartRefused unknown() {
        return options.usage("no command is named " + said());
    }

    private <T> Optional<T> optional(String option, Options.Making<T> making) throws StartRefused {
        return options.has(option) ? Optional.of(options.one(option, making)) : Optional.empty();
    }

    private <T> List<T> all(String option, Options.Making<T> making) throws StartRefused {
        List<T> made = new ArrayList<>();
        for (String each : options.all(option)) {
            made.add(options.made(option, each, making));
        }
        return made;
    }

    private String text(String option) throws StartRefused {
        return options.oneOr(option, "", text -> text);
    }

    private int version() throws StartRefused {
        return options.one("--version", Integer::parseInt);
    }

    /// What a record refuses is wrong use.
    private <T> T built(Building<T> building) throws IOException, StartRefused {
        try {
            return building.build();
        } catch (IllegalArgumentException e) {
            throw options.usage(String.valueOf(e.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Building<T> {
        T build() throws IOException, StartRefused;
    }

    OrganisationDeed organisation() throws IOException, StartRefused {
        OrganisationId id = made(2, OrganisationId::new);
        return switch (word(1)) {
            case "enrol" -> new OrganisationDeed.Enrol(organisation(id));
            case "change" -> new OrganisationDeed.Change(organisation(id));
            case "strike" -> new OrganisationDeed.Strike(id);
            default -> throw unknown();
        };
    }

    private Organisation organisation(OrganisationId id) throws IOException, StartRefused {
        return built(() ->
                new Organisation(
                        id,
                        options.oneOr(
                                "--role",
                                Organisation.Role.MEMBER,
                                text -> Organisation.Role.valueOf(upper(text))),
                        Sorted.copyOf(this.<VerifyingKey>all("--account", DeedWords::key)),
                        options.has("--authorities")
                                ? List.of(authorities(id, options.one("--authorities")))
                                : List.of()));
    }

    private static Authorities authorities(OrganisationId id, String file)
            throws IOException, StartRefused {
        List<Certificate> certificates = certificates(file);
        return new Authorities(
                id,
                of(CertificateKind.ROOT, certificates, file),
                of(CertificateKind.ENROLMENT_CA, certificates, file),
                of(CertificateKind.TRANSACTION_CA, certificates, file));
    }

    private static Certificate of(CertificateKind kind, List<Certificate> certificates, String file)
            throws StartRefused {
        return certificates.stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow(() ->
                        new StartRefused(
                                ExitCode.USAGE, file + " has no certificate of the " + kind));
    }

    private static List<Certificate> certificates(String file) throws IOException, StartRefused {
        return switch (PemFile.certificates(Path.of(file))) {
            case Parsed.Value<List<Certificate>>(List<Certificate> certificates) -> certificates;
            case Parsed.Refused<List<Certificate>>(Verdict.Rejected why) ->
                    throw new StartRefused(ExitCode.USAGE, file + ": " + why);
        };
    }

    private static VerifyingKey key(String hex) {
        return new VerifyingKey(Bytes.fromHex(hex));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    IdentifierDeed identifier() throws IOException, StartRefused {
        if (word(1).equals("allocate")) {
            Prefix prefix = made(2, Prefix::new);
            OrganisationId to = made(3, OrganisationId::new);
            return built(() -> new IdentifierDeed.Allocate(prefix, to, text("--at")));
        }
        Identifier id = made(2, Identifier::new);
        return switch (word(1)) {
            case "register" -> new IdentifierDeed.Register(id, built(this::description));
            case "describe" -> new IdentifierDeed.Describe(id, version(), built(this::description));
            case "offer" -> new IdentifierDeed.Offer(id, made(3, OrganisationId::new));
            case "accept" -> new IdentifierDeed.Accept(id, version());
            case "keep" -> new IdentifierDeed.Keep(id);
            case "retire" -> new IdentifierDeed.Retire(id);
            default -> throw unknown();
        };
    }

    private Description description() throws StartRefused {
        return new Description(
                options.one("--type", Name::new),
                options.all("--endpoint"),
                text("--data"),
                optional("--hash", Digest::fromHex),
                options.oneOr("--level", Level.PUBLIC, text -> Level.valueOf(upper(text))),
                Sorted.copyOf(this.<OrganisationId>all("--reader", OrganisationId::new)));
    }

    DeviceDeed device() throws IOException, StartRefused {
        Identifier id = made(2, Identifier::new);
        return switch (word(1)) {
            case "apply" -> new DeviceDeed.Apply(id, built(this::profile));
            case "describe" -> new DeviceDeed.Describe(id, version(), built(this::profile));
            case "certify" -> new DeviceDeed.Certify(id, certificate().der());
            case "activate" -> new DeviceDeed.Activate(id);
            case "suspend" -> built(() -> new DeviceDeed.Suspend(id, text("--reason")));
            case "revoke" -> built(() -> new DeviceDeed.Revoke(id, text("--reason")));
            case "withdraw" -> {
                Digest certificate =
                        options.has("--certificate")
                                ? certificate().digest()
                                : made(3, Digest::fromHex);
                yield built(() -> new DeviceDeed.Withdraw(id, certificate, text("--reason")));
            }
            default -> throw unknown();
        };
    }

    private Certificate certificate() throws IOException, StartRefused {
        return certificates(options.one("--certificate")).getFirst();
    }

    private Profile profile() throws StartRefused {
        return new Profile(
                options.one("--name"),
                options.one("--model"),
                text("--user"),
                options.one("--from", DeedWords::time),
                options.one("--to", DeedWords::time),
                optional("--silence", text -> Duration.ofSeconds(Integer.parseInt(text))));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time is like 2026-11-22T06:00:00Z", e);
        }
    }

    OrderDeed order() throws IOException, StartRefused {
        return switch (word(1)) {
            case "create" -> {
                OrganisationId seller = made(2, OrganisationId::new);
                OrganisationId arbiter = options.one("--arbiter", OrganisationId::new);
                Digest terms = options.one("--terms", Digest::fromHex);
                yield built(() -> new OrderDeed.Create(seller, arbiter, terms, text("--note")));
            }
            case "accept" -> proceed(OrderState.ACCEPTED);
            case "deliver" -> proceed(OrderState.DELIVERED);
            case "settle" -> proceed(OrderState.SETTLED);
            case "dispute" -> proceed(OrderState.DISPUTED);
            case "resolve" -> proceed(OrderState.RESOLVED);
            case "audit" -> {
                Digest order = made(2, Digest::fromHex);
                yield built(() -> new OrderDeed.Audit(order, options.one("--purpose")));
            }
            default -> throw unknown();
        };
    }

    private OrderDeed proceed(OrderState to) throws IOException, StartRefused {
        Digest order = made(2, Digest::fromHex);
        return built(() ->
                new OrderDeed.Proceed(
                        order, to, optional("--evidence", Digest::fromHex), text("--note")));
    }

    AlertDeed alert() throws IOException, StartRefused {
        return switch (word(1)) {
            case "subscribe" -> {
                Filter filter = built(this::filter);
                yield new AlertDeed.Subscribe(
                        filter, options.oneOr("--height", 0L, Long::parseLong));
            }
            case "unsubscribe" -> new AlertDeed.Unsubscribe(made(2, Digest::fromHex));
            default -> throw unknown();
        };
    }

    private Filter filter() throws StartRefused {
        return new Filter(
                Sorted.copyOf(this.<AlertType>all("--type", AlertType::valueOf)),
                optional("--organisation", OrganisationId::new),
                text("--subject"),
                optional("--level", Long::parseLong));
    }
}
