package org.entente.agent.worker;

import org.entente.agent.Backoff;
import org.entente.agent.Organisation;
import org.entente.agent.RevocationLists;
import org.entente.certs.CertificateKind;
import org.entente.certs.RevocationList;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Digest;
import org.entente.runtime.metrics.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Brings each new CRL of the newest generation to the relay. A new one comes with a revocation,
/// with a rotation, and when half of the last one's time is over.
public final class ListPublisher implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(ListPublisher.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_FIRST = Duration.ofMillis(500);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final RelayClient relay;
    private final Supplier<Organisation> organisation;
    private final RevocationLists lists;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SortedSet<Digest> published = new TreeSet<>();
    private Backoff backoff = Backoff.between(RETRY_FIRST, RETRY_MAX);
    private volatile String words = "not tried yet";

    public ListPublisher(
            RelayClient relay,
            Supplier<Organisation> organisation,
            RevocationLists lists,
            InstantSource clock,
            RandomGenerator random) {
        this.relay = relay;
        this.organisation = organisation;
        this.lists = lists;
        this.clock = clock;
        this.random = random;
    }

    public Health.Answer health() {
        return Health.Answer.up(words);
    }

    @Override
    public Duration step() throws InterruptedException {
        Organisation ours = organisation.get();
        try {
            SortedSet<Digest> current = new TreeSet<>();
            for (CertificateKind ca :
                    new CertificateKind[] {
                        CertificateKind.ENROLMENT_CA, CertificateKind.TRANSACTION_CA
                    }) {
                RevocationList list = lists.find(ours, ca, 0, clock.instant()).orElseThrow();
                Digest digest = Digest.of(list.der());
                current.add(digest);
                if (!published.contains(digest)
                        && relay.put(ours.id(), list) instanceof RelayAnswer.Refused refused) {
                    // Somebody published a later one, or the relay does not know the CA yet: the
                    // next try has a higher number.
                    lists.forget();
                    return failed("the relay refuses a CRL: " + refused);
                }
                published.add(digest);
            }
            published.retainAll(current);
            words = "the relay has the newest CRLs";
            backoff = backoff.succeeded();
            return LOOK_EVERY;
        } catch (RelayUnreachable e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (LedgerUnavailable e) {
            return failed("the CA's ledger cannot be used: " + e.getMessage());
        }
    }

    private Duration failed(String why) {
        if (!why.equals(words)) {
            LOG.atWarn().log("CRLs are not published: {}", why);
        }
        words = why;
        backoff = backoff.failed();
        return backoff.pause(random);
    }
}
