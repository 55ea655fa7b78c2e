package org.entente.adapter;

import org.entente.protocol.Bytes;
import org.entente.protocol.Name;

/// A question to a read-only function of a chain.
///
/// @param argument in the function's own encoding
public record Call(Name function, Bytes argument) {
    public static final int ARGUMENT_SIZE_BYTES_MAX = 1_024;

    public Call {
        if (argument.size() > ARGUMENT_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an argument has at most "
                            + ARGUMENT_SIZE_BYTES_MAX
                            + " bytes, not "
                            + argument.size());
        }
    }
}
