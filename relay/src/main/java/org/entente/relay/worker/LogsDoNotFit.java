package org.entente.relay.worker;

import java.io.IOException;

/// An alliance's log and the registry's are not of one time: a part of the folder is lost, or was
/// restored without the rest.
public final class LogsDoNotFit extends IOException {
    private static final long serialVersionUID = 1;

    LogsDoNotFit(String alliance, String what) {
        super(
                "the log in logs/alliances/"
                        + alliance
                        + " does not fit the one in logs/registry: "
                        + what
                        + ". Restore the whole folder logs/, every log from one and the same"
                        + " backup; nothing was changed");
    }
}
