package org.entente.chain.industrial.worker.data;

import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.store.LocalAlerts;
import org.entente.chain.worker.Served;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/// Damage that no replica heals → an alert of this node alone (docs/chains/industrial-registers.md
/// §6.5).
public record DamageAlerts(Served chain, LocalAlerts local) implements Consumer<Scrub.Damage> {
    private static final Logger LOG = LoggerFactory.getLogger(DamageAlerts.class);

    /// A disk that is full takes no alert either; the scrub says it by itself, and finds it again.
    @Override
    public void accept(Scrub.Damage damage) {
        try {
            local.tell(alert(damage));
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("data", damage.id())
                    .setCause(e)
                    .log("an alert of damage is not written down");
        }
    }

    private Alert alert(Scrub.Damage damage) {
        return new Alert(
                AlertType.DATA_CORRUPT,
                new Alert.Place(chain.last().height(), 0, local.count()),
                damage.found().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty(),
                damage.id().text(),
                Optional.empty(),
                "chunk %d of %s: %s".formatted(damage.index(), damage.root(), damage.why()));
    }
}
