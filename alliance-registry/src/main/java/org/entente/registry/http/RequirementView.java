package org.entente.registry.http;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.registry.FiledRequirement;
import org.entente.registry.Requirement;

record RequirementView(
        Digest requirement,
        NodeId node,
        Requirement.Direction direction,
        ChainId chain,
        String resource,
        Name operation,
        String purpose,
        long ratePerHour,
        String validUntil) {
    static RequirementView of(FiledRequirement filed) {
        Requirement it = filed.requirement();
        return new RequirementView(
                filed.digest(),
                it.node(),
                it.direction(),
                it.chain(),
                it.resource().text(),
                it.operation(),
                it.purpose(),
                it.ratePerHour(),
                it.validUntil().toString());
    }
}
