package org.entente.relay.http;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.RevocationList;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.Organisation;
import org.entente.registry.Registry;
import org.entente.relay.journal.RevocationLists;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Revocation lists (RFC 5280): each organisation's agent puts the newest here, anyone may read it.
public final class RevocationListRoutes {
    private static final String PATH = "/v1/organisations/{organisation}/crl/{ca}";
    private static final String CRL = "application/pkix-crl";

    private final Supplier<Registry> registry;
    private final RevocationLists lists;

    public RevocationListRoutes(Supplier<Registry> registry, RevocationLists lists) {
        this.registry = registry;
        this.lists = lists;
    }

    public Routes routes() {
        return Routes.none()
                .get(PATH, this::newest)
                .put(
                        PATH,
                        Limits.standard()
                                .bodySizeMax(RevocationList.SIZE_BYTES_MAX)
                                .mediaTypes(CRL),
                        this::publish);
    }

    private Reply newest(Request request) throws IOException {
        return switch (ca(request)) {
            case Parsed.Refused<Certificate>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Certificate>(Certificate ca) -> {
                Optional<Bytes> list = lists.newest(ca);
                yield list.isPresent()
                        ? Reply.bytes(CRL, list.get())
                        : Reply.problem(
                                Verdict.rejected(Fault.NOT_FOUND, "no list was published yet"));
            }
        };
    }

    private Reply publish(Request request) throws IOException {
        return switch (ca(request)) {
            case Parsed.Refused<Certificate>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Certificate>(Certificate ca) ->
                    switch (lists.publish(ca, request.body())) {
                        case Verdict.Rejected why -> Reply.problem(why);
                        case Verdict.Accepted() -> Reply.empty(204);
                    };
        };
    }

    private Parsed<Certificate> ca(Request request) {
        Organisation organisation;
        try {
            OrganisationId id = new OrganisationId(request.parameter("organisation"));
            organisation = registry.get().organisations().get(id);
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.NOT_FOUND, String.valueOf(e.getMessage()));
        }
        if (organisation == null) {
            return Parsed.refused(
                    Fault.NOT_FOUND, request.parameter("organisation") + " is not enrolled");
        }
        Authorities newest = organisation.newest();
        return switch (request.parameter("ca")) {
            case "enrolment" -> Parsed.of(newest.enrolment());
            case "transaction" -> Parsed.of(newest.transaction());
            default -> Parsed.refused(Fault.NOT_FOUND, "a CA is enrolment or transaction");
        };
    }
}
