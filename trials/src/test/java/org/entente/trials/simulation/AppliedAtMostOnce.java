package org.entente.trials.simulation;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.ExchangeName;

import java.util.TreeMap;

/// An exchange takes effect at most once, over all its attempts, whatever crashes.
final class AppliedAtMostOnce implements Invariant {
    private final TreeMap<Digest, Long> serials = new TreeMap<>();

    @Override
    public void applied(ChainId chain, Delivery delivery) {
        long serial = delivery.sighting().entry().serial();
        Long before =
                serials.put(ExchangeName.FORMAT.digest(delivery.request().exchange()), serial);
        if (before != null) {
            throw violated("one exchange is applied at " + before + " and again at " + serial);
        }
    }
}
