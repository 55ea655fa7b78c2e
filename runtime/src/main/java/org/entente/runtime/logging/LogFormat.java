package org.entente.runtime.logging;

/// Lines for people or for machines.
public enum LogFormat {
    TEXT,
    JSON
}
