package org.entente.agent;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When the agent's own certificate is renewed: in the last third of its life, and when its CA was
/// followed by another for longer than the overlap.
///
/// Until then it goes on presenting the old CA's certificate, because nodes that know only the old
/// root must reach it to learn of the new one.
///
/// @param overlap how long nodes have to do that
public record Renewal(Duration overlap) {
    private static final int LAST_PART_OF_LIFE = 3;

    public boolean isDue(Certificate identity, List<Authorities> generations, Instant now) {
        Duration life = Duration.between(identity.notBefore(), identity.notAfter());
        Authorities newest = generations.getLast();
        boolean superseded = newest.issuerOf(identity).isEmpty();
        return !now.isBefore(identity.notAfter().minus(life.dividedBy(LAST_PART_OF_LIFE)))
                || (superseded && !now.isBefore(newest.enrolment().notBefore().plus(overlap)));
    }
}
