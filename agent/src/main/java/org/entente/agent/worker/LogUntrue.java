package org.entente.agent.worker;

/// The relay's log is not what a log must be, or not the one that the relay showed before. Trying
/// again does not help: a person must find out what the relay's operator did.
public final class LogUntrue extends Exception {
    private static final long serialVersionUID = 1L;

    LogUntrue(String what) {
        super(
                "do not rely on this relay: its registry log "
                        + what
                        + ". Ask its operator and the other members what they see");
    }
}
