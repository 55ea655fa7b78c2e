package org.entente.relay.worker;

import java.io.IOException;

/// A log that lacks, or differs from, what a majority sealed: going on would be another history.
public final class LogBehindSeal extends IOException {
    private static final long serialVersionUID = 1;

    LogBehindSeal(String why) {
        super(why);
    }
}
