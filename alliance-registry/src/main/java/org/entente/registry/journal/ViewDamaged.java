package org.entente.registry.journal;

/// The database does not hold what the logs say: it is made anew.
public final class ViewDamaged extends Exception {
    private static final long serialVersionUID = 1;

    ViewDamaged(String what) {
        super(what);
    }
}
