package org.entente.chain.industrial.app.register;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Genesis;
import org.entente.chain.app.Serving;
import org.entente.chain.contract.Contract;
import org.entente.chain.industrial.http.AlertRoutes;
import org.entente.chain.industrial.http.DeviceRoutes;
import org.entente.chain.industrial.http.IdentifierRoutes;
import org.entente.chain.industrial.http.OrderRoutes;
import org.entente.chain.industrial.register.OrganisationContract;
import org.entente.chain.industrial.register.alert.AlertContract;
import org.entente.chain.industrial.register.device.DeviceContract;
import org.entente.chain.industrial.register.identifier.IdentifierContract;
import org.entente.chain.industrial.register.order.OrderContract;
import org.entente.chain.industrial.store.AlertFile;
import org.entente.chain.industrial.store.LocalAlerts;
import org.entente.chain.industrial.worker.AlertKeeper;
import org.entente.chain.industrial.worker.data.DamageAlerts;
import org.entente.chain.industrial.worker.data.Scrub;
import org.entente.chain.worker.Served;
import org.entente.runtime.Shutdown;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// The registers as one node has them.
public final class Registers {
    private final Consumer<Scrub.Damage> damages;
    private final Routes routes;

    private Registers(Consumer<Scrub.Damage> damages, Routes routes) {
        this.damages = damages;
        this.routes = routes;
    }

    /// What accounts call; every node of every such chain has the same.
    public static List<Contract> contracts(Genesis genesis, Verifier verifier) {
        return List.of(
                new OrganisationContract(genesis.owner(), verifier),
                new IdentifierContract(genesis.owner()),
                new DeviceContract(genesis.chain(), verifier),
                new OrderContract(),
                new AlertContract());
    }

    /// Before the chain is to be closed at the end.
    ///
    /// @param account the node's own, which signs bundles
    public static Registers begin(
            Path directory,
            Served chain,
            Signer account,
            Verifier verifier,
            Serving serving,
            InstantSource clock,
            Shutdown shutdown)
            throws IOException {
        LocalAlerts local = LocalAlerts.open(directory, chain.last().genesis().digest());
        shutdown.closing("local alerts", _ -> local.close());
        AlertKeeper keeper =
                new AlertKeeper(
                        chain,
                        new AlertFile(directory, chain.last().genesis()),
                        why -> shutdown.fail("alerts can no longer be followed", why));
        shutdown.closing("alerts", _ -> keeper.join());
        AlertRoutes alerts = new AlertRoutes(chain, keeper.book(), local);
        return new Registers(
                new DamageAlerts(chain, local),
                new IdentifierRoutes(chain, verifier, clock)
                        .routes()
                        .and(new DeviceRoutes(chain, clock).routes())
                        .and(new OrderRoutes(chain, account).routes())
                        .and(alerts.routes())
                        .and(serving.events("/v1/alerts/events", alerts.feed())));
    }

    public Routes routes() {
        return routes;
    }

    /// What becomes of damage that this node found in its own files.
    public Consumer<Scrub.Damage> damages() {
        return damages;
    }
}
