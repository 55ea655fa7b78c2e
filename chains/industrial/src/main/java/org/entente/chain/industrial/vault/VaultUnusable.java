package org.entente.chain.industrial.vault;

/// The vault cannot be opened as it is; the message says what a person does.
public final class VaultUnusable extends Exception {
    private static final long serialVersionUID = 1;

    VaultUnusable(String message) {
        super(message);
    }
}
