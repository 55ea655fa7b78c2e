package org.entente.runtime.http;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// Gives each handshake the server's identity of that moment, so that it can be replaced while the
/// server runs.
///
/// An alias names one identity, because key and chain are asked for one after the other.
final class PresentedIdentity extends X509ExtendedKeyManager {
    private record Numbered(long number, ServerIdentity identity, @Nullable Numbered before) {}

    private final AtomicReference<Numbered> current;

    PresentedIdentity(ServerIdentity identity) {
        current = new AtomicReference<>(new Numbered(0, identity, null));
    }

    void replace(ServerIdentity identity) {
        current.updateAndGet(last ->
                new Numbered(
                        last.number + 1, identity, new Numbered(last.number, last.identity, null)));
    }

    private @Nullable ServerIdentity named(String alias) {
        for (Numbered each = current.get(); each != null; each = each.before) {
            if (alias.equals(Long.toString(each.number))) {
                return each.identity;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Numbered now = current.get();
        String algorithm = now.identity.key().getAlgorithm();
        return keyType.startsWith(algorithm) ? Long.toString(now.number) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerIdentity identity = named(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerIdentity identity = named(alias);
        return identity == null ? null : identity.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
