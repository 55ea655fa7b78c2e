package org.entente.runtime.link;

import java.io.IOException;

/// The line is no more; what was handed over may have arrived or not.
public final class LineClosed extends IOException {
    private static final long serialVersionUID = 1L;

    public LineClosed(String why) {
        super(why);
    }
}
