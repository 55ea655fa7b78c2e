package org.entente.client;

import org.entente.certs.Certificate;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.registry.contract.FlowName;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/// Where the transaction certificates of a requester come from.
public interface Credentials {
    /// One that fits. What was given out for [Use#ONCE] is never given out again.
    Optional<Credential> take(Need need) throws Failure;

    /// How often a certificate may be shown.
    enum Use {
        ONCE,
        OFTEN
    }

    /// What a request wants of its certificate.
    ///
    /// @param from it must hold from then
    /// @param until at least until then
    /// @param spent certificates that will not do any more
    record Need(
            AllianceId alliance,
            FlowName flow,
            Use use,
            Instant from,
            Instant until,
            SortedSet<Digest> spent) {
        public Need {
            spent = Sorted.copyOf(spent);
        }

        /// Whether a certificate covers it; what role it must name is for the relay to say.
        public boolean isMetBy(Certificate certificate) {
            boolean granted =
                    certificate
                            .grant()
                            .filter(grant ->
                                    grant.alliance().equals(alliance)
                                            && grant.contract().equals(flow.contract())
                                            && grant.flows().contains(flow.flow()))
                            .isPresent();
            return granted
                    && !certificate.notBefore().isAfter(from)
                    && !certificate.notAfter().isBefore(until)
                    && !spent.contains(certificate.digest());
        }
    }
}
