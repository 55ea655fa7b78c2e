package org.entente.chain.industrial.http;

import org.entente.certs.Verifier;
import org.entente.chain.execution.Ledger;
import org.entente.chain.http.Asked;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierRecord;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.chain.industrial.register.identifier.Prefix;
import org.entente.chain.industrial.register.identifier.PrefixRecord;
import org.entente.chain.industrial.register.identifier.Resolve;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Identifiers resolved: prefix, enterprise node, record, as of one block
/// (docs/chains/industrial-registers.md §3.4).
public final class IdentifierRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final Served chain;
    private final Verifier verifier;
    private final InstantSource clock;

    public IdentifierRoutes(Served chain, Verifier verifier, InstantSource clock) {
        this.chain = chain;
        this.verifier = verifier;
        this.clock = clock;
    }

    record PrefixView(
            String prefix,
            OrganisationId organisation,
            String node,
            String allocated,
            RegisterProof proved) {}

    /// @param resolved empty: who asks is not told
    /// @param proved only with what it proves
    record IdentifierView(
            String identifier,
            Optional<PrefixView> prefix,
            Name type,
            OrganisationId owner,
            IdentifierRecord.Status status,
            int version,
            Optional<OrganisationId> offered,
            String changed,
            Optional<ResolvedView> resolved,
            Optional<RegisterProof> proved,
            long height) {}

    record ResolvedView(
            List<String> endpoints,
            String data,
            Optional<Digest> hash,
            String level,
            SortedSet<OrganisationId> readers) {}

    record VersionView(
            int version, OrganisationId owner, IdentifierRecord.Status status, String changed) {}

    record HistoryView(String identifier, List<VersionView> versions, long height) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/identifiers/{prefix}", Answers.json(PrefixView.class, this::prefix))
                .get(
                        "/v1/identifiers/{prefix}/{suffix}",
                        Answers.json(IdentifierView.class, this::identifier))
                .get(
                        "/v1/identifiers/{prefix}/{suffix}/history",
                        Answers.json(HistoryView.class, this::history))
                .post(
                        "/v1/identifiers/resolve",
                        Limits.standard().bodySizeMax(Resolve.FORMAT.sizeMax()).mediaTypes(OCTETS),
                        Answers.json(IdentifierView.class, this::resolve));
    }

    Reply prefix(Request request) {
        Ledger last = chain.last();
        return switch (Asked.made(request.parameter("prefix"), Prefix::new)
                .then(prefix -> prefix(last, prefix))) {
            case Parsed.Refused<PrefixView>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<PrefixView>(PrefixView view) -> Reply.json(view);
        };
    }

    private static Parsed<PrefixView> prefix(Ledger last, Prefix prefix) {
        Optional<PrefixRecord> found = new Identifiers(Records.of(last.state())).find(prefix);
        return found.map(it ->
                        Parsed.of(
                                new PrefixView(
                                        prefix.text(),
                                        it.organisation(),
                                        it.node(),
                                        it.allocated().toString(),
                                        RegisterProof.of(
                                                last,
                                                Identifiers.REGISTER,
                                                Identifiers.place(prefix)))))
                .orElseGet(
                        () -> Parsed.refused(Fault.NOT_FOUND, "nobody has the prefix " + prefix));
    }

    private static Parsed<Identifier> asked(Request request) {
        return Asked.made(
                request.parameter("prefix") + "/" + request.parameter("suffix"), Identifier::new);
    }

    Reply identifier(Request request) {
        return reply(asked(request), Optional.empty());
    }

    Reply resolve(Request request) {
        Ledger last = chain.last();
        Parsed<Resolve> asked =
                Resolve.FORMAT
                        .decode(request.body())
                        .then(it ->
                                it.check(last.genesis().chain(), clock.instant(), verifier)
                                                instanceof Verdict.Rejected why
                                        ? new Parsed.Refused<>(why)
                                        : Parsed.of(it));
        Optional<OrganisationId> by =
                asked instanceof Parsed.Value<Resolve>(Resolve it)
                        ? new Organisations(Records.of(last.state())).of(it.account())
                        : Optional.empty();
        return reply(asked.map(Resolve::identifier), by);
    }

    private Reply reply(Parsed<Identifier> asked, Optional<OrganisationId> by) {
        Ledger last = chain.last();
        return switch (asked.then(identifier -> view(last, identifier, by))) {
            case Parsed.Refused<IdentifierView>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<IdentifierView>(IdentifierView view) -> Reply.json(view);
        };
    }

    private static Parsed<IdentifierView> view(
            Ledger last, Identifier identifier, Optional<OrganisationId> by) {
        return known(last, identifier)
                .map(it -> {
                    boolean told = Identifiers.tells(it, by);
                    return new IdentifierView(
                            identifier.text(),
                            switch (prefix(last, identifier.prefix())) {
                                case Parsed.Value<PrefixView>(PrefixView view) -> Optional.of(view);
                                case Parsed.Refused<PrefixView> _ -> Optional.empty();
                            },
                            it.description().type(),
                            it.owner(),
                            it.status(),
                            it.version(),
                            it.offered(),
                            it.changed().toString(),
                            told ? Optional.of(resolved(it)) : Optional.empty(),
                            told
                                    ? Optional.of(
                                            RegisterProof.of(
                                                    last,
                                                    Identifiers.REGISTER,
                                                    Identifiers.place(identifier)))
                                    : Optional.empty(),
                            last.height());
                });
    }

    private static ResolvedView resolved(IdentifierRecord it) {
        return new ResolvedView(
                it.description().endpoints(),
                it.description().data(),
                it.description().hash(),
                it.description().level().name(),
                it.description().readers());
    }

    Reply history(Request request) {
        Ledger last = chain.last();
        return switch (asked(request).then(id -> known(last, id).map(_ -> id))) {
            case Parsed.Refused<Identifier>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Identifier>(Identifier identifier) ->
                    Reply.json(
                            new HistoryView(
                                    identifier.text(),
                                    new Identifiers(Records.of(last.state()))
                                            .history(identifier).stream()
                                                    .map(it ->
                                                            new VersionView(
                                                                    it.version(),
                                                                    it.owner(),
                                                                    it.status(),
                                                                    it.changed().toString()))
                                                    .toList(),
                                    last.height()));
        };
    }

    private static Parsed<IdentifierRecord> known(Ledger last, Identifier identifier) {
        return new Identifiers(Records.of(last.state()))
                .find(identifier)
                .map(Parsed::of)
                .orElseGet(
                        () -> Parsed.refused(Fault.NOT_FOUND, "nothing is called " + identifier));
    }
}
