package org.entente.launcher.app;

import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Configured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `config check`: reads a configuration file as its process would and names all mistakes at once.
public final class ConfigCheck implements Command {
    private static final Parameter<Path> FILE =
            Parameter.argument("FILE", "the file of a relay, an agent or a chain's node", Path::of);
    private static final Parameter<String> LIVE =
            Parameter.flag(
                    "--live",
                    "also look at what it names: directories, keys, addresses, the relay");

    @Override
    public Usage usage() {
        return new Usage(
                "check",
                "Check a configuration file and name all its mistakes together.",
                "nothing.",
                "entente config check agent.conf --live",
                List.of(FILE, LIVE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Path file = call.value(FILE);
        try {
            Kind kind = Kind.of(file);
            Configured<? extends Live> configured = kind.read(file);
            return switch (configured) {
                case Configured.Faulty<? extends Live>(var problems) -> faulty(problems);
                case Configured.Ready<? extends Live>(Live live) -> ready(call, file, kind, live);
            };
        } catch (StartRefused e) {
            throw new Unusable(
                    String.valueOf(e.getMessage()),
                    "Name a file with 'process = ' and one of " + Kind.words() + ".");
        }
    }

    private static Answer faulty(org.entente.runtime.config.ConfigurationProblems problems) {
        List<String> lines = problems.describe().lines().toList();
        int count = problems.problems().size();
        return Answer.of(lines, Fields.of("mistakes", lines))
                .refusedBy(
                        Verdict.rejected(
                                Fault.INVALID_VALUE,
                                count + (count == 1 ? " mistake" : " mistakes")));
    }

    private static Answer ready(Call call, Path file, Kind kind, Live live) {
        List<String> lines = new ArrayList<>();
        lines.add(file + ": a good configuration of the process " + kind.word());
        Fields json = Fields.of("process", kind.word()).and("mistakes", List.of());
        if (!call.has(LIVE)) {
            return Answer.of(lines, json).next("--live also looks at what it names");
        }
        List<Finding> findings = live.look();
        findings.forEach(each -> lines.add(each.line()));
        Answer answer =
                Answer.of(
                        lines,
                        json.and("findings", findings.stream().map(Finding::fields).toList()));
        long failed = findings.stream().filter(Finding::isFailure).count();
        return failed == 0
                ? answer
                : answer.refusedBy(
                        Verdict.rejected(
                                Fault.INVALID_VALUE, failed + " of what it names cannot be used"));
    }
}
