package org.entente.client.cli.party;

import org.entente.client.cli.command.Parameter;

import java.net.URI;
import java.nio.file.Path;

/// Parameters that many commands take.
public final class Options {
    public static final Parameter<Path> ORG =
            Parameter.required(
                    "--org",
                    "DIR",
                    "the organisation's directory, made by entente org init",
                    Path::of);
    public static final Parameter<Path> IDENTITY =
            Parameter.required(
                    "--identity", "DIR", "a node's directory, made by entente enroll", Path::of);
    public static final Parameter<URI> RELAY =
            Parameter.optional(
                    "--relay", "URL", "the relay, if the directory remembers none", URI::create);
    public static final Parameter<Path> RELAY_CERTIFICATE =
            Parameter.optional(
                    "--relay-certificate",
                    "PEM",
                    "the relay's certificate, whose key must be the relay's",
                    Path::of);

    private Options() {}
}
