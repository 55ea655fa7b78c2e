package org.entente.client.cli.alliance;

import org.entente.client.Refused;
import org.entente.client.cli.command.Fields;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.registry.Agent;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;
import org.entente.registry.OpenProposal;
import org.entente.registry.Registry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a proposal would do and who has yet to sign it, in words.
final class Proposals {
    private Proposals() {}

    static OpenProposal open(Registry registry, Digest subject) throws Refused {
        return registry.proposal(subject)
                .orElseThrow(() ->
                        registry.alliance(new AllianceId(subject)).isPresent()
                                ? new Refused(
                                        Fault.OUTDATED,
                                        "the alliance " + subject + " is founded already")
                                : new Refused(
                                        Fault.NOT_FOUND,
                                        "no open proposal " + subject + ": decided or never made"));
    }

    static List<String> words(OpenProposal proposal) {
        List<String> lines = new ArrayList<>();
        switch (proposal.proposed()) {
            case Change.RecordProposed it -> {
                EpochRecord record = EpochRecord.FORMAT.decode(it.record()).orThrow();
                lines.add(
                        (record.epoch() == 0
                                        ? "founds the alliance "
                                        : "epoch " + record.epoch() + " of the alliance ")
                                + proposal.alliance());
                lines.add("parties: " + record.parties());
                lines.add(
                        "agents: "
                                + record.agents().stream()
                                        .map(Proposals::agent)
                                        .collect(Collectors.joining(", ")));
                record.contracts()
                        .forEach(each ->
                                lines.add(
                                        "contract "
                                                + each.name()
                                                + " version "
                                                + each.version()
                                                + ", SHA-256 "
                                                + each.digest()));
            }
            case Change.ActProposed it -> lines.add(it.act() + " the alliance " + it.alliance());
        }
        lines.add("signed by: " + names(proposal.votes().keySet()));
        if (proposal.electorate().isPassedBy(proposal.votes().keySet())
                instanceof Verdict.Rejected why) {
            lines.add("missing: " + why.detail());
        }
        return lines;
    }

    private static String agent(Agent agent) {
        return agent.id() + " (weight " + agent.weight() + ")";
    }

    static Fields fields(OpenProposal proposal) {
        Verdict verdict = proposal.electorate().isPassedBy(proposal.votes().keySet());
        return Fields.of("proposal", proposal.subject())
                .and("alliance", proposal.alliance())
                .and("signed", proposal.votes().keySet().stream().map(Approver::words).toList())
                .and("missing", verdict instanceof Verdict.Rejected why ? why.detail() : "");
    }

    private static String names(Iterable<Approver> approvers) {
        List<String> names = new ArrayList<>();
        approvers.forEach(approver -> names.add(approver.words()));
        return names.isEmpty() ? "nobody yet" : String.join(", ", names);
    }
}
