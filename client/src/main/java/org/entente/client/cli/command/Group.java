package org.entente.client.cli.command;

import java.util.List;
import java.util.function.Supplier;

/// Commands under one word. They are made only when the word is used, so that the program starts
/// quickly.
public record Group(String name, String summary, Supplier<List<Command>> commands) {}
