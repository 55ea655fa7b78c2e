package org.entente.client.cli.command;

import java.io.PrintStream;

/// Says how far long work is: one line on a terminal that is written over, nothing elsewhere.
public final class Progress {
    private static final int EVERY = 64;

    private final PrintStream err;
    private final boolean shown;
    private boolean open;

    Progress(PrintStream err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    public void at(String what, long done, long total) {
        if (shown && total > EVERY && (done % EVERY == 0 || done == total)) {
            err.print("\r" + what + " " + done + "/" + total);
            err.flush();
            open = true;
        }
    }

    /// What is being done now.
    public void say(String what) {
        if (shown) {
            err.print("\r\u001b[K" + what);
            err.flush();
            open = true;
        }
    }

    void end() {
        if (open) {
            err.print("\r\u001b[K");
            err.flush();
            open = false;
        }
    }
}
