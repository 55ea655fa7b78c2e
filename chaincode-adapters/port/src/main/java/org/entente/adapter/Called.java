package org.entente.adapter;

import org.entente.protocol.Bytes;

/// What a function answered.
///
/// @param read what it read, at one final point; the result holds as long as their versions do
public record Called(Bytes result, Snapshot read) {}
