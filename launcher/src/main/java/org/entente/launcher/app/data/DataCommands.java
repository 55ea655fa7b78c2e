package org.entente.launcher.app.data;

import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Group;

import java.util.ArrayList;
import java.util.List;

/// The commands of `entente data`; the script takes `entente chain industrial data` for the same.
public final class DataCommands {
    private DataCommands() {}

    public static Group group() {
        return new Group(
                "data",
                "Data of an industrial chain: time series, texts, images, videos. Stored encrypted"
                        + " with a node, registered on the chain. Also written: chain industrial"
                        + " data.",
                DataCommands::all);
    }

    private static List<Command> all() {
        List<Command> all = new ArrayList<>(List.of(new Put(), new Get()));
        all.addAll(Acts.all());
        all.addAll(Looks.all());
        all.addAll(SeriesCommands.all());
        return all;
    }
}
