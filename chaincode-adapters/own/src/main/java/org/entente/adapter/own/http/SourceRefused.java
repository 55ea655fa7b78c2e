package org.entente.adapter.own.http;

import org.entente.protocol.Verdict;

/// Why a node's answer is of no use: it says no itself, or what it says does not hold.
final class SourceRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Verdict.Rejected why;

    enum Kind {
        /// The node has no answer to this question.
        NO_ANSWER,
        /// What it says does not prove itself.
        DOUBT
    }

    SourceRefused(Kind kind, Verdict.Rejected why) {
        super(why.toString());
        this.kind = kind;
        this.why = why;
    }

    Kind kind() {
        return kind;
    }

    Verdict.Rejected why() {
        return why;
    }
}
