package org.entente.registry.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;
import org.entente.registry.Alliance;
import org.entente.registry.Registry;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Handler;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Schema;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the registry holds now, read-only.
public final class RegistryRoutes {
    private static final String JSON_FILE = "application/json";

    private final Supplier<Registry> registry;
    private final Supplier<SortedMap<AllianceId, Alliance>> alliances;
    private final InstantSource clock;
    private final Exposures exposures = new Exposures();

    public RegistryRoutes(
            Supplier<Registry> registry,
            Supplier<SortedMap<AllianceId, Alliance>> alliances,
            InstantSource clock) {
        this.registry = registry;
        this.alliances = alliances;
        this.clock = clock;
    }

    public Routes routes() {
        return Routes.none()
                .get(
                        "/v1/organisations",
                        list(OrganisationView.class, _ -> Reply.json(organisations())))
                .get(
                        "/v1/organisations/{organisation}",
                        Answers.json(
                                OrganisationView.class,
                                one("organisation", OrganisationId::new, this::organisation)))
                .get("/v1/chains", list(ChainView.class, _ -> Reply.json(chains())))
                .get("/v1/nodes", list(NodeView.class, this::nodes))
                .get(
                        "/v1/requirements",
                        list(RequirementView.class, _ -> Reply.json(requirements())))
                .get("/v1/proposals", list(ProposalView.class, _ -> Reply.json(proposals())))
                .get(
                        "/v1/proposals/{digest}",
                        Answers.json(
                                ProposalView.class, one("digest", Digest::fromHex, this::proposal)))
                .get("/v1/alliances", list(AllianceView.class, _ -> Reply.json(alliances())))
                .get(
                        "/v1/alliances/{alliance}",
                        Answers.json(
                                AllianceView.class,
                                one("alliance", AllianceId::fromHex, this::alliance)))
                .get("/v1/files/{digest}", this::file);
    }

    private static Handler list(Class<?> item, Handler handler) {
        return Answers.json(200, Schema.list(item), handler);
    }

    private List<OrganisationView> organisations() {
        return registry.get().organisations().values().stream().map(OrganisationView::of).toList();
    }

    private Optional<OrganisationView> organisation(OrganisationId id) {
        return Optional.ofNullable(registry.get().organisations().get(id))
                .map(OrganisationView::of);
    }

    private List<ChainView> chains() {
        return registry.get().chains().values().stream().map(ChainView::of).toList();
    }

    private Reply nodes(Request request) {
        Optional<String> organisation = request.queried("organisation");
        return Reply.json(
                registry.get().nodes().values().stream()
                        .filter(node ->
                                organisation
                                        .map(node.id().organisation().domain()::equals)
                                        .orElse(true))
                        .map(NodeView::of)
                        .toList());
    }

    private List<RequirementView> requirements() {
        return registry.get().requirements().values().stream()
                .filter(filed -> filed.isOpen(clock.instant()))
                .map(RequirementView::of)
                .toList();
    }

    private List<ProposalView> proposals() {
        return registry.get().proposals().values().stream().map(ProposalView::of).toList();
    }

    private Optional<ProposalView> proposal(Digest digest) {
        return registry.get().proposal(digest).map(ProposalView::of);
    }

    private List<AllianceView> alliances() {
        return alliances.get().values().stream().map(this::view).toList();
    }

    private Optional<AllianceView> alliance(AllianceId id) {
        return Optional.ofNullable(alliances.get().get(id)).map(this::view);
    }

    private AllianceView view(Alliance alliance) {
        return AllianceView.of(alliance, exposures.of(alliance.charter().terms()));
    }

    /// The exact bytes of a contract that is, or was proposed to be, in force.
    private Reply file(Request request) {
        for (Alliance alliance : alliances.get().values()) {
            for (var file : alliance.charter().terms().files().entrySet()) {
                if (file.getKey().hex().equals(request.parameter("digest"))) {
                    return Reply.bytes(JSON_FILE, file.getValue());
                }
            }
        }
        return nothing("no contract in force has this digest");
    }

    private static <K, V> Handler one(
            String name, Function<String, K> parse, Function<K, Optional<V>> find) {
        return request -> {
            Optional<V> found;
            try {
                found = find.apply(parse.apply(request.parameter(name)));
            } catch (IllegalArgumentException e) {
                return nothing(String.valueOf(e.getMessage()));
            }
            return found.isPresent()
                    ? Reply.json(found.get())
                    : nothing("there is no such " + name);
        };
    }

    private static Reply nothing(String detail) {
        return Reply.problem(Verdict.rejected(Fault.NOT_FOUND, detail));
    }
}
