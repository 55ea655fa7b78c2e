package org.entente.client.cli.command;

import org.entente.client.Failure;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.List;
import java.util.Objects;

/// The command line: reads it, runs the one command that it names, prints what came of it.
public final class Program {
    static final String NAME = "entente";

    private final String summary;
    private final List<Group> groups;
    private final List<Command> single;
    private final World world;

    /// @param single commands that stand by themselves
    public Program(String summary, List<Group> groups, List<Command> single, World world) {
        this.summary = summary;
        this.groups = List.copyOf(groups);
        this.single = List.copyOf(single);
        this.world = world;
    }

    String summary() {
        return summary;
    }

    /// @return the process's exit code
    public int run(String... arguments) {
        CommandLine line = line(arguments.length == 0 ? "" : arguments[0]);
        try {
            return run(line.parseArgs(arguments)).number();
        } catch (ParameterException e) {
            return misused(e).number();
        }
    }

    /// The help of one command, as it is printed: `help("org", "init")`.
    public String help(String... path) {
        CommandLine line = line(path.length == 0 ? "" : path[0]);
        for (String word : path) {
            line = Objects.requireNonNull(line.getSubcommands().get(word), word);
        }
        return line.getUsageMessage(Ansi.OFF);
    }

    private Exit run(ParseResult parsed) {
        ParseResult last = last(parsed);
        CommandLine line = last.commandSpec().commandLine();
        if (last.isUsageHelpRequested() || parsed.isUsageHelpRequested()) {
            world.out().print(line.getUsageMessage(Ansi.OFF));
            return Exit.OK;
        }
        if (!(last.commandSpec().userObject() instanceof Command command)) {
            throw new ParameterException(line, "which command?");
        }
        return run(command, last);
    }

    private Exit run(Command command, ParseResult parsed) {
        boolean json = parsed.hasMatchedOption(Specifications.JSON);
        Report report = new Report(world, json);
        Progress progress = new Progress(world.err(), world.interactive());
        try {
            Call call = new Call(Values.read(command, parsed), world, progress);
            Answer answer = command.run(call);
            progress.end();
            return report.answer(answer);
        } catch (Failure failure) {
            progress.end();
            return report.failure(failure);
        }
    }

    private Exit misused(ParameterException e) {
        world.err().println("wrong: " + e.getMessage());
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            if (!meant.isEmpty()) {
                world.err().println("did you mean: " + String.join(", ", meant));
            }
        }
        world.err().println("next: " + spec.qualifiedName() + " --help says what is possible");
        return Exit.USAGE;
    }

    private CommandLine line(String first) {
        CommandSpec root = Specifications.program(this);
        for (Group group : groups) {
            CommandSpec spec = Specifications.group(group);
            if (group.name().equals(first)) {
                group.commands().get().forEach(command -> add(spec, command));
            }
            root.addSubcommand(group.name(), spec);
        }
        single.forEach(command -> add(root, command));
        return new CommandLine(root)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setAbbreviatedOptionsAllowed(false);
    }

    private static void add(CommandSpec to, Command command) {
        CommandSpec spec = Specifications.command(command);
        command.below().forEach(each -> add(spec, each));
        to.addSubcommand(command.usage().name(), spec);
    }

    private static ParseResult last(ParseResult parsed) {
        return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
    }
}
