package org.entente.client.cli.command;

import org.entente.client.Failure;

import java.util.List;

/// Something a person can have done.
public interface Command {
    Usage usage();

    Answer run(Call call) throws Failure;

    /// Commands that follow on its name; the name alone is still this command.
    default List<Command> below() {
        return List.of();
    }
}
