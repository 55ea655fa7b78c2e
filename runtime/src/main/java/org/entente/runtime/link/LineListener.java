package org.entente.runtime.link;

import org.entente.protocol.Bytes;

/// Is told what happens on a line: one call at a time, on a virtual thread of the line's own.
public interface LineListener {
    /// The next message waits until this returns; when too many wait, the other end does.
    void heard(Bytes message) throws InterruptedException;

    /// Once, after everything else.
    void closed(String why);
}
