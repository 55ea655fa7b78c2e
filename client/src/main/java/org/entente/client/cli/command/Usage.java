package org.entente.client.cli.command;

import java.util.List;

/// What the help says about a command.
///
/// @param changes what is different afterwards, and where; or that nothing is
/// @param example a line that can be typed
/// @param parameters arguments in their order, options in the order of the help
public record Usage(
        String name,
        String summary,
        String changes,
        String example,
        List<Parameter<?>> parameters) {
    public Usage {
        parameters = List.copyOf(parameters);
    }
}
