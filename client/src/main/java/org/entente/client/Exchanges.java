package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.exchange.Request;
import org.entente.registry.contract.FlowName;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Exchanges as an application uses them: asks, tries again where that is right, waits, listens,
/// and fetches receipts (protocol.md §6, §10).
///
/// May be used by several threads; each call waits by itself.
public final class Exchanges implements AutoCloseable {
    private final RelayClient once;
    private final RelayClient patient;
    private final Credentials credentials;
    private final Verifier verifier;
    private final InstantSource clock;
    private final SecureRandom random;

    /// What is known of each alliance; guarded by itself.
    private final TreeMap<AllianceId, Trust> trusts = new TreeMap<>();

    /// @param patience with all that is no asking; how an asking is repeated says its [Plan]
    public Exchanges(
            RelayPlace relay,
            Patience patience,
            Credentials credentials,
            Verifier verifier,
            InstantSource clock,
            SecureRandom random) {
        this.once = RelayClient.of(relay, patience.once(), random);
        this.patient = RelayClient.of(relay, patience, random);
        this.credentials = credentials;
        this.verifier = verifier;
        this.clock = clock;
        this.random = random;
    }

    /// A new exchange, with an id that nobody else has.
    public Asking asking(AllianceId alliance, FlowName flow, Bytes arguments) {
        byte[] id = new byte[Request.EXCHANGE_ID_SIZE_BYTES];
        random.nextBytes(id);
        return new Asking(alliance, flow, Bytes.copyOf(id), arguments, 1);
    }

    /// Asks until it ended or the deadline passed.
    public Outcome ask(Asking asking, Plan plan) throws Failure {
        return ask(asking, plan, _ -> {});
    }

    /// @param listener hears each status that is new
    public Outcome ask(Asking asking, Plan plan, Consumer<ExchangeStatus> listener) throws Failure {
        Pursuit.Means means = new Pursuit.Means(once.exchanges(), signing(plan), random, listener);
        return new Pursuit(asking, plan, means).run();
    }

    /// Who would propose and endorse, and which rule refuses: JSON. Nothing is asked of anybody.
    public String dryRun(Asking asking, Plan plan) throws Failure {
        return patient.exchanges().dryRun(signing(plan).sign(asking, asking.firstAttempt()));
    }

    private Signing signing(Plan plan) {
        return new Signing(this::trust, credentials, plan.validity(), clock);
    }

    /// How far an exchange is.
    public ExchangeStatus status(Digest exchange) throws Refused, Unreachable {
        return patient.exchanges().attempts(exchange).getFirst();
    }

    /// Listens until an exchange ended or the deadline passed; a lost connection is made again.
    ///
    /// @return the last that was heard
    public Optional<ExchangeStatus> stream(
            Digest exchange, Duration deadline, Consumer<ExchangeStatus> listener)
            throws Refused, Unreachable {
        Watch watch = new Watch(deadline, Patience.STANDARD, random);
        Optional<ExchangeStatus> last = Optional.empty();
        while (!watch.isOver() && !last.map(ExchangeStatus::isFinal).orElse(false)) {
            last = listen(exchange, listener, last);
            if (!last.map(ExchangeStatus::isFinal).orElse(false)) {
                watch.pause(Optional.empty());
            }
        }
        return last;
    }

    private Optional<ExchangeStatus> listen(
            Digest exchange, Consumer<ExchangeStatus> listener, Optional<ExchangeStatus> before)
            throws Refused, Unreachable {
        Optional<ExchangeStatus> last = before;
        try (EventStream events = once.exchanges().events(exchange)) {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                ExchangeStatus status = ExchangeStatus.parse(Bytes.utf8(event.get().data()));
                if (!Optional.of(status).equals(last)) {
                    last = Optional.of(status);
                    listener.accept(status);
                }
                if (status.isFinal()) {
                    return last;
                }
            }
        } catch (IOException | Json.Unexpected | IllegalArgumentException e) {
            // The stream is torn; the next one begins with how far it is by then.
            return last;
        } catch (Unreachable e) {
            if (e.kind() != Unreachable.Kind.NO_ANSWER) {
                throw e;
            }
        }
        return last;
    }

    /// Checked before it is handed on; waits until the entry is sealed.
    ///
    /// @param attempt the newest one when empty
    public Receipts.Checked receipt(Digest exchange, Optional<Integer> attempt)
            throws Refused, Unreachable {
        ExchangeStatus status = status(exchange);
        return new Receipts(patient.exchanges(), verifier)
                .fetch(status.alliance(), exchange, attempt);
    }

    /// The newest that is known, or what the relay can prove of it.
    private Trust trust(AllianceId alliance, Signing.Freshness freshness)
            throws Refused, Unreachable {
        Optional<Trust> known = known(alliance);
        if (known.isPresent() && freshness == Signing.Freshness.AS_KNOWN) {
            return known.get();
        }
        RelayExchanges relay = once.exchanges();
        Trust trust =
                known.isPresent()
                        ? known.get().refreshed(relay, verifier)
                        : Trust.fetch(relay, alliance, verifier);
        synchronized (trusts) {
            trusts.put(alliance, trust);
        }
        return trust;
    }

    private Optional<Trust> known(AllianceId alliance) {
        synchronized (trusts) {
            return Optional.ofNullable(trusts.get(alliance));
        }
    }

    @Override
    public void close() {
        once.close();
        patient.close();
    }
}
