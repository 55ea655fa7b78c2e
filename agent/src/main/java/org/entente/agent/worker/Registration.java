package org.entente.agent.worker;

import org.entente.agent.Backoff;
import org.entente.agent.pem.Identity;
import org.entente.certs.Verifier;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.NodeRole;
import org.entente.registry.RegisteredNode;
import org.entente.registry.SignedChange;
import org.entente.runtime.metrics.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Keeps the relay's registry in step with what this agent is: its certificate, chains and roles.
///
/// Each look folds the relay's log and compares: a node that is not there is added, one that is
/// otherwise is renewed, one that is the same is left alone. The number of renewals comes from the
/// fold because the relay's word for it could draw out a signature that it plays back later. It
/// never gives up: an agent may be started before its organisation has joined the relay.
public final class Registration implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final Duration RETRY_FIRST = Duration.ofMillis(500);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final RelayClient relay;
    private final RegistryCopy copy;
    private final Supplier<Identity> identity;
    private final SortedSet<ChainId> chains;
    private final SortedSet<NodeRole> roles;
    private final RandomGenerator random;
    private Backoff backoff = Backoff.between(RETRY_FIRST, RETRY_MAX);
    private volatile String words = "not tried yet";
    private volatile Health.Status status = Health.Status.UP;

    public Registration(
            RelayClient relay,
            Verifier verifier,
            Supplier<Identity> identity,
            SortedSet<ChainId> chains,
            SortedSet<NodeRole> roles,
            RandomGenerator random) {
        this.relay = relay;
        this.copy = new RegistryCopy(relay, verifier);
        this.identity = identity;
        this.chains = Sorted.copyOf(chains);
        this.roles = Sorted.copyOf(roles);
        this.random = random;
    }

    /// A relay that is away is no reason to be unready: the CA serves its nodes without one. A
    /// relay whose log is untrue is: somebody must look.
    public Health.Answer health() {
        return new Health.Answer(status, words);
    }

    @Override
    public Duration step() throws InterruptedException {
        Identity current = identity.get();
        try {
            Optional<Change> missing = missing(current);
            if (missing.isEmpty()) {
                return done();
            }
            return switch (relay.post(signed(missing.get(), current))) {
                case RelayAnswer.Taken _ -> done();
                case RelayAnswer.Refused(String code, String _)
                        when code.equals(Fault.ALREADY_EXISTS.name()) ->
                        done();
                case RelayAnswer.Refused refused -> failed("the relay refuses: " + refused);
            };
        } catch (RelayUnreachable e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (LogUntrue e) {
            return distrusted(String.valueOf(e.getMessage()));
        }
    }

    /// What the relay has to be told, if anything.
    private Optional<Change> missing(Identity current)
            throws RelayUnreachable, LogUntrue, InterruptedException {
        RegisteredNode known =
                copy.follow().nodes().get(current.certificate().node().orElseThrow());
        if (known == null) {
            return Optional.of(new Change.NodeAdded(current.certificate().der(), chains, roles));
        }
        boolean same =
                known.certificate().equals(current.certificate())
                        && known.chains().equals(chains)
                        && known.roles().equals(roles);
        return same
                ? Optional.empty()
                : Optional.of(
                        new Change.NodeRenewed(
                                current.certificate().der(), chains, roles, known.renewals()));
    }

    private Duration done() {
        if (backoff.failures() > 0 || !words.equals("registered")) {
            LOG.atInfo().log("registered with the relay");
        }
        words = "registered";
        status = Health.Status.UP;
        backoff = backoff.succeeded();
        return LOOK_EVERY;
    }

    /// Told once per reason: a relay that is away for a day is one line, not thousands.
    private Duration failed(String why) {
        if (!why.equals(words)) {
            LOG.atWarn().log("not registered with the relay: {}", why);
        }
        return again(why);
    }

    /// Signs nothing for a relay with another history; it looks again in case the operator brings
    /// the right one back.
    private Duration distrusted(String why) {
        if (!why.equals(words)) {
            LOG.atError().log("not registered with the relay: {}", why);
        }
        status = Health.Status.DOWN;
        return again(why);
    }

    private Duration again(String why) {
        words = why;
        backoff = backoff.failed();
        return backoff.pause(random);
    }

    private static SignedChange signed(Change change, Identity identity) {
        NodeId node = identity.certificate().node().orElseThrow();
        return SignedChange.of(
                change, Approval.by(new Approver.Node(node), identity.signer(), change.digest()));
    }
}
