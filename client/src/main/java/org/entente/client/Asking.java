package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.Request;
import org.entente.registry.contract.FlowName;

/// What an application wants to have exchanged.
///
/// @param exchangeId the same over all attempts; whoever asks again after a crash with the same id
///   cannot have it done twice
/// @param arguments for the node contract, JSON in UTF-8
/// @param firstAttempt 1, or higher when the exchange goes on after earlier attempts
public record Asking(
        AllianceId alliance, FlowName flow, Bytes exchangeId, Bytes arguments, int firstAttempt) {
    public Asking {
        if (exchangeId.size() != Request.EXCHANGE_ID_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "an exchange id has 32 bytes, not " + exchangeId.size());
        }
        if (arguments.size() > Asked.ARGUMENTS_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "arguments have at most "
                            + Asked.ARGUMENTS_SIZE_BYTES_MAX
                            + " bytes, not "
                            + arguments.size());
        }
    }
}
