package org.entente.registry;

import org.entente.certs.Authorities;
import org.entente.protocol.OrganisationId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An enrolled organisation.
///
/// @param generations its CAs, oldest first
/// @param since the serial of its enrolment
public record Organisation(
        OrganisationId id, String title, List<Authorities> generations, long since) {
    /// Certificates of the generation before the newest still admit, so that nodes can re-enrol.
    public static final int TRUSTED_GENERATIONS = 2;

    /// Every generation stays in the state, and items of the state have a limited size.
    public static final int GENERATION_COUNT_MAX = 1_000;

    public Organisation {
        generations = List.copyOf(generations);
    }

    public Authorities newest() {
        return generations.getLast();
    }

    /// The generations whose certificates admit now.
    public List<Authorities> trusted() {
        return generations.subList(
                Math.max(0, generations.size() - TRUSTED_GENERATIONS), generations.size());
    }

    Organisation with(Authorities next) {
        List<Authorities> more = new ArrayList<>(generations);
        more.add(next);
        return new Organisation(id, title, Collections.unmodifiableList(more), since);
    }

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.ORGANISATION,
                id,
                to ->
                        to.organisation(id)
                                .text(title)
                                .u64(since)
                                .list(
                                        generations,
                                        (encoder, one) ->
                                                encoder.digest(one.root().digest())
                                                        .digest(one.enrolment().digest())
                                                        .digest(one.transaction().digest())));
    }
}
