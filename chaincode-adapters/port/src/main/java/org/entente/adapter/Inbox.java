package org.entente.adapter;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.exchange.Place;

import java.util.List;

/// An inbox contract: what agents compare before they deliver, and which epochs it knows
/// (protocol.md §2.5).
///
/// @param code the digest of what runs there
/// @param epochs from 0 on, without a gap
public record Inbox(String address, Digest code, AllianceId alliance, List<Epoch> epochs) {
    public static final int EPOCH_COUNT_MAX = 65_536;

    public Inbox {
        Place.requireInbox(address);
        epochs = List.copyOf(epochs);
        if (epochs.isEmpty() || epochs.size() > EPOCH_COUNT_MAX) {
            throw new IllegalArgumentException("an inbox knows epoch 0, not " + epochs.size());
        }
        for (int index = 0; index < epochs.size(); index++) {
            if (epochs.get(index).number() != index) {
                throw new IllegalArgumentException(
                        "epoch " + epochs.get(index).number() + " where " + index + " is next");
            }
        }
    }

    /// @param from the first serial of its range
    /// @param record the digest of the epoch record
    public record Epoch(long number, long from, Digest record) {}
}
