package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.Message;
import org.entente.light.industrial.Ballot;

import java.util.Locale;

/// What messages are counted by.
public enum Kind {
    PROPOSAL,
    PREPARE,
    COMMIT,
    VIEW_CHANGE,
    HEARTBEAT,
    HAVE,
    ASK,
    BLOCKS,
    TRANSACTIONS;

    static Kind of(Message message) {
        return switch (message) {
            case Message.Propose _ -> PROPOSAL;
            case Message.Vote(Ballot ballot, var _) ->
                    ballot.phase() == Ballot.Phase.COMMIT ? COMMIT : PREPARE;
            case Message.Change _ -> VIEW_CHANGE;
            case Message.Beat _ -> HEARTBEAT;
            case Message.Have _ -> HAVE;
            case Message.Ask _ -> ASK;
            case Message.Blocks _ -> BLOCKS;
            case Message.Give _ -> TRANSACTIONS;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
