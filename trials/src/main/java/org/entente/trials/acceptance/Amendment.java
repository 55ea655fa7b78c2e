package org.entente.trials.acceptance;

import org.entente.client.Failure;
import org.entente.launcher.app.demo.Party;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A change of the alliance's contract, as its people make one: proposed, then signed until it
/// stands.
final class Amendment {
    private final Alliance alliance;

    Amendment(Alliance alliance) {
        this.alliance = alliance;
    }

    /// @param files that replace those of the same name or flow
    /// @return the epoch that has begun
    long pass(String... files) throws Failure {
        List<String> propose = new ArrayList<>(List.of("contract", "propose", alliance.id()));
        for (String file : files) {
            propose.add(alliance.ground().path(file).toString());
        }
        propose.addAll(List.of("--identity", alliance.identity(Party.ALPHA).toString()));
        JsonNode proposed = alliance.terminal().run(propose.toArray(String[]::new));
        String proposal = proposed.path("proposal").asString();
        boolean complete = false;
        for (Party party : alliance.ground().members()) {
            complete = complete || sign(proposal, alliance.identity(party));
        }
        if (!complete) {
            throw new IllegalStateException("all have signed and it does not stand: " + proposal);
        }
        return proposed.path("epoch").asLong();
    }

    private boolean sign(String proposal, Path identity) throws Failure {
        return alliance.terminal()
                .run("contract", "sign", proposal, "--identity", identity.toString())
                .path("complete")
                .asBoolean(false);
    }
}
