package org.entente.trials.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Starts each process once and stops it politely: what it leaves behind (`entente`, the archive of
/// its classes) lets those that are killed later start in half the time.
final class Rehearsal {
    private static final String RELAY =
            """
            process = relay
            listen = 127.0.0.1:0
            address = https://localhost:1
            directory = relay
            """;
    private static final String AGENT =
            """
            process = agent
            listen = 127.0.0.1:0
            organisation = organisation
            node = agent-1
            hosts = localhost
            """;
    private static final String SCRIPT =
            """
            (
                cd rehearsal || exit
                ../entente org init rehearsal.example --directory organisation
                for process in relay agent; do
                    (
                        ../entente $process --init --config $process.conf
                        ../entente $process --config $process.conf > $process.log 2>&1 &
                        until grep -q ": serving " $process.log || ! kill -0 $!; do sleep 0.02; done
                        kill $!
                        wait $!
                    ) &
                done
                wait
            )\
            """;

    private Rehearsal() {}

    static void of(Transcript transcript) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(transcript.folder().resolve("rehearsal"));
        Files.writeString(folder.resolve("relay.conf"), RELAY);
        Files.writeString(folder.resolve("agent.conf"), AGENT);
        transcript.run(SCRIPT);
    }
}
