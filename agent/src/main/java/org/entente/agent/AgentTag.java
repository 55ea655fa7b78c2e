package org.entente.agent;

import org.entente.protocol.Tagged;

/// The tags of what an agent keeps for itself.
enum AgentTag implements Tagged {
    DECISION("decision"),
    RECEIVED("received"),
    FOOTPRINT("footprint");

    private final String word;

    AgentTag(String word) {
        this.word = word;
    }

    @Override
    public String tag() {
        return "agent/" + word + "/v1";
    }

    @Override
    public String toString() {
        return tag();
    }
}
