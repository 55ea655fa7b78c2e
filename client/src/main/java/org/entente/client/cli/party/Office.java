package org.entente.client.cli.party;

import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Registry;

import java.nio.file.Path;
import java.util.Optional;

/// A signatory at the desk, with the relay that its directory belongs to: what a command needs to
/// change something.
public final class Office implements AutoCloseable {
    private final Signatory signatory;
    private final RelayDesk desk;
    private final Optional<OrganisationHome> home;

    private Office(Signatory signatory, RelayDesk desk, Optional<OrganisationHome> home) {
        this.signatory = signatory;
        this.desk = desk;
        this.home = home;
    }

    public static Office ofOrganisation(Call call) throws Failure {
        Path directory = call.value(Options.ORG);
        OrganisationHome home = OrganisationHome.open(directory, call);
        try {
            return new Office(home.root(), RelayDesk.open(call, directory), Optional.of(home));
        } catch (Unusable e) {
            home.close();
            throw e;
        }
    }

    public static Office ofNode(Call call) throws Failure {
        Path directory = call.value(Options.IDENTITY);
        IdentityDirectory identity =
                IdentityDirectory.open(directory, call.world().cryptography().get());
        return new Office(
                Signatory.of(identity), RelayDesk.open(call, directory), Optional.empty());
    }

    /// With the root key when `--org` is given, with a node's key when `--identity` is.
    public static Office ofEither(Call call) throws Failure {
        call.exactlyOne(Options.ORG, Options.IDENTITY);
        return call.has(Options.ORG) ? ofOrganisation(call) : ofNode(call);
    }

    public Signatory signatory() {
        return signatory;
    }

    public OrganisationId organisation() {
        return signatory.approver().organisation();
    }

    public RelayDesk desk() {
        return desk;
    }

    public OrganisationHome home() {
        return home.orElseThrow(() -> new IllegalStateException("a node has no CA"));
    }

    public Registry registry() throws Failure {
        return desk.registry();
    }

    @Override
    public void close() {
        desk.close();
        home.ifPresent(OrganisationHome::close);
    }
}
