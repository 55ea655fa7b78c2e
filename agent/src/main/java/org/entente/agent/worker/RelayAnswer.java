package org.entente.agent.worker;

/// What the relay says to something that was sent.
public sealed interface RelayAnswer {
    record Taken() implements RelayAnswer {}

    /// @param code the fault's name, such as ALREADY_EXISTS
    record Refused(String code, String detail) implements RelayAnswer {
        @Override
        public String toString() {
            return code + ": " + detail;
        }
    }
}
