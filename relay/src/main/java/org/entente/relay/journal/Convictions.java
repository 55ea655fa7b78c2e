package org.entente.relay.journal;

import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.relay.Effect;
import org.entente.relay.log.DurableDirectory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What convicts agents of one alliance: for each case two files, the two messages that the agent
/// signed and that exclude each other (protocol.md §6.3).
///
/// `<organisation>~<node>~<digest>.first` and `.second`. Whoever has a file here is not asked any
/// more, also after a restart; an operator who moves the files away forgives it.
public final class Convictions {
    private static final String SEPARATOR = "~";
    private static final int CASE_COUNT_MAX = 1_000;

    private final Path folder;

    public Convictions(Path folder) throws IOException {
        this.folder = folder;
        DurableDirectory.make(folder);
    }

    public SortedSet<NodeId> convicted() throws IOException {
        SortedSet<NodeId> agents = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String[] parts = file.getFileName().toString().split(SEPARATOR, -1);
                if (parts.length == 3) {
                    agents.add(new NodeId(new OrganisationId(parts[0]), new Name(parts[1])));
                }
            }
        }
        return agents;
    }

    public void keep(Effect.Convict convict) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.count() >= 2 * CASE_COUNT_MAX) {
                return;
            }
        }
        String name =
                String.join(
                        SEPARATOR,
                        convict.agent().organisation().domain(),
                        convict.agent().name().toString(),
                        convict.about().hex());
        write(folder.resolve(name + ".first"), convict.first());
        write(folder.resolve(name + ".second"), convict.second());
    }

    private static void write(Path file, Bytes bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var rest = bytes.asBuffer();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }
}
