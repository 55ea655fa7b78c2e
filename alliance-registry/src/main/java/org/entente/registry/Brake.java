package org.entente.registry;

import org.entente.protocol.OrganisationId;
import org.entente.registry.contract.FlowName;

/// One organisation's own brake on one flow.
public record Brake(FlowName flow, OrganisationId organisation) implements Comparable<Brake> {

    /// How it stands.
    ///
    /// @param number how often it was pulled or released
    public record State(int number, Position position) {
        static final State UNTOUCHED = new State(0, Position.RELEASED);
    }

    /// Pulled: the flow is paused.
    public enum Position {
        PULLED,
        RELEASED
    }

    @Override
    public int compareTo(Brake other) {
        int byFlow = flow.compareTo(other.flow);
        return byFlow != 0 ? byFlow : organisation.compareTo(other.organisation);
    }
}
