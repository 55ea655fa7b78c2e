package org.entente.registry.http;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Inbox;
import org.entente.registry.RegisteredChain;

import java.util.Optional;

record ChainView(
        ChainId chain,
        OrganisationId owner,
        String title,
        Name kind,
        Digest genesis,
        Optional<Inbox> inbox,
        long since) {
    static ChainView of(RegisteredChain chain) {
        return new ChainView(
                chain.id(),
                chain.owner(),
                chain.added().title(),
                chain.added().kind(),
                chain.added().genesis(),
                chain.added().inbox(),
                chain.since());
    }
}
