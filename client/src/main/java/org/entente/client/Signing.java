package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.Request;
import org.entente.registry.contract.Flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeSet;

/// Makes the signed requests of one asking, each under the epoch in force with a certificate that
/// fits.
final class Signing {
    /// Whether what is known of an alliance will do.
    enum Freshness {
        AS_KNOWN,
        RENEWED
    }

    /// What is known of an alliance.
    @FunctionalInterface
    interface Source {
        Trust trust(AllianceId alliance, Freshness freshness) throws Refused, Unreachable;
    }

    private final Source source;
    private final Credentials credentials;
    private final Duration validity;
    private final InstantSource clock;
    private final TreeSet<Digest> spent = new TreeSet<>();
    private Freshness freshness = Freshness.AS_KNOWN;

    Signing(Source source, Credentials credentials, Duration validity, InstantSource clock) {
        this.source = source;
        this.credentials = credentials;
        this.validity = validity;
        this.clock = clock;
    }

    /// Learns from what an attempt ended with: the epoch may be another, the certificate of no use.
    void renew(Asked last, Problem problem) {
        freshness = Freshness.RENEWED;
        if (problem.fault().equals(Optional.of(Fault.CERTIFICATE_USED))) {
            spent.add(last.ask().request().certificate());
        }
    }

    Asked sign(Asking asking, int attempt) throws Failure {
        Trust trust = source.trust(asking.alliance(), freshness);
        if (trust.flow(asking.flow()).isEmpty() && freshness == Freshness.AS_KNOWN) {
            trust = source.trust(asking.alliance(), Freshness.RENEWED);
        }
        Flow flow =
                trust.flow(asking.flow())
                        .orElseThrow(() ->
                                new Refused(
                                        Fault.UNKNOWN_FLOW,
                                        asking.flow() + " is in no contract in force"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Credential credential = credential(asking, flow, now);
        Request request =
                new Request(
                        asking.alliance(),
                        trust.known().newest().epoch(),
                        credential.certificate().organisation(),
                        asking.flow().contract(),
                        asking.flow().flow(),
                        asking.exchangeId(),
                        attempt,
                        Digest.of(asking.arguments()),
                        now.plus(validity),
                        credential.certificate().digest());
        return new Asked(
                new Ask(
                        request,
                        credential.signer().sign(Request.FORMAT.digest(request)),
                        credential.certificate().der()),
                asking.arguments());
    }

    private Credential credential(Asking asking, Flow flow, Instant now) throws Failure {
        Credentials.Use use =
                flow.has(Flow.Option.SINGLE_USE) ? Credentials.Use.ONCE : Credentials.Use.OFTEN;
        return credentials
                .take(
                        new Credentials.Need(
                                asking.alliance(),
                                asking.flow(),
                                use,
                                now,
                                now.plus(validity),
                                Sorted.copyOf(spent)))
                .orElseThrow(() ->
                        new Unusable(
                                "no transaction certificate here fits " + asking.flow(),
                                "Fetch some: entente cert batch."));
    }
}
