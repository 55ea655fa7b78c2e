package org.entente.runtime.link;

/// Takes up a line that has just been opened.
@FunctionalInterface
public interface LineHandler {
    /// May wait and may send.
    LineListener opened(Line line) throws InterruptedException;
}
