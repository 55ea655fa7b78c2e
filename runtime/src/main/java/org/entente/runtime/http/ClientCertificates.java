package org.entente.runtime.http;

/// Whether a client shows a certificate. One that is shown must be trusted in each case but `NONE`.
public enum ClientCertificates {
    NONE,
    REQUESTED,
    REQUIRED
}
