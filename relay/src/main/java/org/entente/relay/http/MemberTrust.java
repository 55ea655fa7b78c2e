package org.entente.relay.http;

import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.tls.X509;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.Organisation;
import org.entente.registry.Registry;
import org.entente.runtime.http.ClientTrust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Judges a client's certificate as of now: an identity certificate of an enrolled organisation,
/// neither expired nor revoked (protocol.md §2.6). Asked anew for each connection, so a revocation
/// counts from its entry on.
public final class MemberTrust {
    private final Supplier<Registry> registry;
    private final Judge judge;
    private final InstantSource clock;

    public MemberTrust(Supplier<Registry> registry, Judge judge, InstantSource clock) {
        this.registry = registry;
        this.judge = judge;
        this.clock = clock;
    }

    /// As the server's TLS asks it. Clients are not told which issuers are taken: there are as many
    /// as members.
    public ClientTrust trust() {
        return new ClientTrust(this::check, List::of);
    }

    private void check(X509Certificate shown) throws CertificateException {
        Verdict verdict =
                switch (X509.ours(shown)) {
                    case Parsed.Refused<Certificate>(Verdict.Rejected why) -> why;
                    case Parsed.Value<Certificate>(Certificate certificate) -> verdict(certificate);
                };
        if (verdict instanceof Verdict.Rejected why) {
            throw new CertificateException(why.toString());
        }
    }

    private Verdict verdict(Certificate certificate) {
        Registry now = registry.get();
        Organisation organisation = now.organisations().get(certificate.organisation());
        return organisation == null
                ? Verdict.rejected(
                        Fault.UNKNOWN_ORGANISATION, certificate.organisation() + " is not enrolled")
                : judge.identity(
                        certificate,
                        organisation.trusted(),
                        now.revocations(),
                        Moment.now(clock.instant()));
    }
}
