package org.entente.launcher.app;

import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Usage;

import java.util.List;

/// A command that the script starts as a process with a class path of its own; here for the help.
public enum OwnProcess implements Command {
    RELAY(
            "relay",
            "Serve as relay; entente relay --help says more.",
            "entente relay --init --config relay.conf"),
    AGENT(
            "agent",
            "Serve as an organisation's agent; entente agent --help says more.",
            "entente agent --config agent.conf"),
    SOLO(
            "chain solo",
            "Serve a chain of one node; entente chain solo --help says more.",
            "entente chain solo --config solo.conf"),
    POR(
            "chain por",
            "Serve as a node of a chain by proof of rest, act as its member, or run a whole network"
                    + " here; entente chain por --help says more.",
            "entente chain por --nodes 5"),
    INDUSTRIAL(
            "chain industrial",
            "Serve as a node of an industrial chain, begin one, or run a whole network here under"
                    + " load; entente chain industrial --help says more.",
            "entente chain industrial --nodes 4 --seconds 30");

    private final String word;
    private final String summary;
    private final String example;

    OwnProcess(String word, String summary, String example) {
        this.word = word;
        this.summary = summary;
        this.example = example;
    }

    @Override
    public Usage usage() {
        return new Usage(word, summary, "what its configuration names.", example, List.of());
    }

    @Override
    public Answer run(Call call) throws Unusable {
        throw new Unusable(
                word + " is a process of its own", "Start it by the script: ./entente " + word);
    }
}
