package org.entente.client.cli.party;

import org.entente.certs.Verifier;
import org.entente.client.AllianceCopy;
import org.entente.client.Failure;
import org.entente.client.Patience;
import org.entente.client.Refused;
import org.entente.client.RegistryCopy;
import org.entente.client.RelayClient;
import org.entente.client.RelayPlace;
import org.entente.client.RememberedRelay;
import org.entente.client.Submitted;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Fields;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.RegisteredAlliance;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The relay as a command uses it: everything read is downloaded, folded and checked here.
public final class RelayDesk implements AutoCloseable {
    private static final String WITHOUT =
            "Give --relay URL and --relay-certificate PEM, or join the relay first:"
                    + " entente org join.";

    private final Call call;
    private final RelayPlace place;
    private final RelayClient client;
    private final RegistryCopy copy;
    private final List<ChangeEntry> entries = new ArrayList<>();

    private RelayDesk(Call call, RelayPlace place) {
        this.call = call;
        this.place = place;
        this.client = RelayClient.of(place, Patience.STANDARD, call.world().random());
        this.copy = new RegistryCopy(client, verifier(), entries::add);
    }

    /// The relay that is named, else the one that the directory remembers.
    public static RelayDesk open(Call call, Path directory) throws Unusable {
        return new RelayDesk(call, place(call, Optional.of(directory)));
    }

    /// For commands that only read: any directory that remembers a relay will do.
    public static RelayDesk open(Call call) throws Unusable {
        Optional<Path> directory =
                call.optional(Options.ORG).or(() -> call.optional(Options.IDENTITY));
        return new RelayDesk(call, place(call, directory));
    }

    public static RelayPlace place(Call call, Optional<Path> directory) throws Unusable {
        if (call.has(Options.RELAY) != call.has(Options.RELAY_CERTIFICATE)) {
            throw new Unusable("--relay and --relay-certificate belong together", "Give both.");
        }
        if (call.has(Options.RELAY)) {
            return RememberedRelay.place(
                    call.value(Options.RELAY), call.value(Options.RELAY_CERTIFICATE));
        }
        Optional<RelayPlace> remembered =
                directory.isPresent() ? RememberedRelay.in(directory.get()) : Optional.empty();
        if (remembered.isEmpty()) {
            throw new Unusable("no relay is known here", WITHOUT);
        }
        return remembered.get();
    }

    public RelayPlace place() {
        return place;
    }

    public RelayClient client() {
        return client;
    }

    public Registry registry() throws Failure {
        return copy.refresh((done, total) -> call.progress().at("registry log", done, total));
    }

    /// The registry log's entries as far as [#registry] has read.
    public List<ChangeEntry> entries() {
        return List.copyOf(entries);
    }

    public Alliance alliance(AllianceId id) throws Failure {
        return alliance(id, _ -> {});
    }

    /// From the alliance's own log.
    ///
    /// @param reader sees each of its entries
    public Alliance alliance(AllianceId id, Consumer<ChangeEntry> reader) throws Failure {
        Registry registry = registry();
        if (registry.alliance(id).isEmpty()) {
            throw new Refused(Fault.NOT_FOUND, "there is no alliance " + id);
        }
        return new AllianceCopy(client, id, verifier(), reader)
                .refresh((done, total) -> call.progress().at("alliance log", done, total));
    }

    public RegisteredAlliance registered(AllianceId id) throws Failure {
        return registry()
                .alliance(id)
                .orElseThrow(() -> new Refused(Fault.NOT_FOUND, "there is no alliance " + id));
    }

    /// Sends a change that was checked against our own copy first, so that a mistake is named
    /// without asking anybody.
    public Submitted submit(SignedChange change) throws Failure {
        Registry registry = registry();
        Refused.unlessAccepted(registry.check(change, call.world().clock().instant(), verifier()));
        return client.submit(change);
    }

    public Answer logged(String done, Submitted submitted, Fields json) {
        String line =
                done + " (serial " + submitted.serial() + " of the " + submitted.log() + " log)";
        return Answer.of(
                List.of(line),
                json.and("log", submitted.log())
                        .and("serial", submitted.serial())
                        .and("change", submitted.change())
                        .and("alliance", submitted.alliance()));
    }

    private Verifier verifier() {
        return call.world().cryptography().get().verifier();
    }

    @Override
    public void close() {
        client.close();
    }
}
