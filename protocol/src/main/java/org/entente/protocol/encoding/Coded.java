package org.entente.protocol.encoding;

/// An enumeration that travels: each constant has a number that is never reused.
public interface Coded {
    int code();
}
