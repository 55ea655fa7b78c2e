package org.entente.client.cli.command;

import org.entente.client.Failure;

/// Something a person can have done.
public interface Command {
    Usage usage();

    Answer run(Call call) throws Failure;
}
