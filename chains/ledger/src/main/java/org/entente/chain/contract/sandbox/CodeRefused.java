package org.entente.chain.contract.sandbox;

/// Class files have something that no contract may have. Caught where they are prepared.
final class CodeRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    CodeRefused(String where, String why) {
        super(where + ": " + why, null, false, false);
    }
}
