package org.entente.relay.app;

import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.relay.worker.Logs;

import java.io.IOException;
import java.nio.file.Path;

/// Where a relay keeps what.
///
/// `relay.p12`, `password`, `relay.pem`: its identity · `logs/`: the truth · `view/`: what can be
/// rebuilt · `seals/`, `convictions/`, `payloads/`: of exchanges · `invitations/`, `crl/`: beside
/// the logs.
record RelayDirectory(Path root) {
    /// Whether it can be started.
    boolean isInitialised() throws IOException {
        return Logs.areIn(logs());
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path view() {
        return root.resolve("view");
    }

    Path invitations() {
        return root.resolve("invitations");
    }

    Path payloads() {
        return root.resolve("payloads");
    }

    Path revocationLists() {
        return root.resolve("crl");
    }

    /// The mark in the registry log's files: another relay's log is refused.
    static Digest registryId(VerifyingKey key) {
        return Digest.of(key.bytes());
    }
}
