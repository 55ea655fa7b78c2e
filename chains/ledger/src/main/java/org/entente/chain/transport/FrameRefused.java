package org.entente.chain.transport;

import java.io.IOException;

/// What came is no frame that may come; the other end is told.
final class FrameRefused extends IOException {
    private static final long serialVersionUID = 1L;

    FrameRefused(String why) {
        super(why);
    }
}
