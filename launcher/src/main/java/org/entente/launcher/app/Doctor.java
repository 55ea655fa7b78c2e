package org.entente.launcher.app;

import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `doctor`: looks at the machine before anything is trusted to it.
public final class Doctor implements Command {
    private static final Parameter<Path> DIRECTORY =
            Parameter.optional(
                    "--directory", "DIR", "where logs and keys will lie, . if not said", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "doctor",
                "Look at this machine: JDK, cryptography, disk, clock, ports, tools. Each line says"
                        + " ok, warn or fail, and what to do.",
                "nothing; writes a test file into DIR for a moment.",
                "entente doctor --directory /var/lib/entente",
                List.of(DIRECTORY));
    }

    @Override
    public Answer run(Call call) throws Failure {
        List<Finding> findings = new ArrayList<>();
        findings.add(Machine.jdk());
        findings.add(Machine.cryptography(call.world().cryptography()));
        findings.addAll(Machine.disk(call.value(DIRECTORY, Path.of("."))));
        findings.add(Machine.clock(call.world().clock()));
        findings.add(Machine.ports());
        findings.add(Machine.tool("openssl", "version"));
        findings.add(Machine.tool("curl", "--version"));
        List<String> lines = findings.stream().map(Finding::line).toList();
        Fields json = Fields.of("findings", findings.stream().map(Finding::fields).toList());
        long failed = findings.stream().filter(Finding::isFailure).count();
        return failed == 0
                ? Answer.of(lines, json)
                : Answer.of(lines, json)
                        .refusedBy(
                                Verdict.rejected(
                                        Fault.INVALID_VALUE,
                                        failed
                                                + (failed == 1 ? " thing" : " things")
                                                + " to mend on this machine first"));
    }
}
