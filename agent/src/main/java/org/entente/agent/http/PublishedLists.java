package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.agent.RevocationLists;
import org.entente.certs.CaName;
import org.entente.certs.CertificateKind;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// `GET /v1/crl/{ca}`: the CRL (RFC 5280) of the enrolment or the transaction CA, in DER; of an
/// earlier generation with `?generation=1`.
public final class PublishedLists {
    private static final String MEDIA_TYPE = "application/pkix-crl";

    private final Supplier<Organisation> organisation;
    private final RevocationLists lists;
    private final InstantSource clock;

    public PublishedLists(
            Supplier<Organisation> organisation, RevocationLists lists, InstantSource clock) {
        this.organisation = organisation;
        this.lists = lists;
        this.clock = clock;
    }

    public Routes routes() {
        return Routes.none().get("/v1/crl/{ca}", this::answer);
    }

    private Reply answer(Request request) throws LedgerUnavailable {
        Optional<CertificateKind> ca =
                switch (request.parameter("ca")) {
                    case "root" -> Optional.of(CertificateKind.ROOT);
                    case "enrolment" -> Optional.of(CertificateKind.ENROLMENT_CA);
                    case "transaction" -> Optional.of(CertificateKind.TRANSACTION_CA);
                    default -> Optional.empty();
                };
        String generation = request.queried("generation").orElse("0");
        if (ca.isEmpty() || !generation.matches("[0-9]{1,6}")) {
            return none("root, enrolment or transaction, and ?generation=NUMBER");
        }
        int wanted = Integer.parseInt(generation);
        return wanted > CaName.GENERATION_MAX
                ? none("no such generation")
                : lists.find(organisation.get(), ca.get(), wanted, clock.instant())
                        .map(list -> Reply.bytes(MEDIA_TYPE, list.der()))
                        .orElseGet(() -> none("no such generation"));
    }

    private static Reply none(String why) {
        return Reply.problem(Verdict.rejected(Fault.NOT_FOUND, why));
    }
}
