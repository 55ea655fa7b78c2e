package org.entente.client.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;

/// What picocli has to know of our commands: built, not found by reflection, so that the program
/// starts quickly.
final class Specifications {
    static final String JSON = "--json";
    static final String HELP = "--help";
    private static final int WIDTH = 100;

    private Specifications() {}

    static CommandSpec program(Program program) {
        CommandSpec spec = page(CommandSpec.create().name(Program.NAME));
        spec.usageMessage()
                .description(program.summary())
                .commandListHeading("%nCommands:%n")
                .footer("", "entente COMMAND --help says more.");
        return spec;
    }

    static CommandSpec group(Group group) {
        CommandSpec spec = page(CommandSpec.create().name(group.name()));
        spec.usageMessage().description(group.summary()).commandListHeading("%nCommands:%n");
        return spec;
    }

    static CommandSpec command(Command command) {
        Usage usage = command.usage();
        CommandSpec spec = page(CommandSpec.wrapWithoutInspection(command).name(usage.name()));
        int index = 0;
        for (Parameter<?> parameter : usage.parameters()) {
            switch (parameter.form()) {
                case ARGUMENT, ARGUMENTS -> spec.addPositional(positional(parameter, index++));
                case OPTION, FLAG -> spec.addOption(option(parameter));
            }
        }
        spec.addOption(flag(JSON, "print one JSON object on standard output"));
        spec.usageMessage()
                .description(usage.summary())
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .footerHeading("%n")
                .footer("Changes: " + usage.changes(), "Example: " + usage.example());
        return spec;
    }

    private static CommandSpec page(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("-h", HELP)
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("print this help")
                        .build());
        spec.usageMessage()
                .width(WIDTH)
                .sortOptions(false)
                .sortSynopsis(false)
                .abbreviateSynopsis(false)
                .synopsisHeading("Usage: ");
        return spec;
    }

    private static OptionSpec option(Parameter<?> parameter) {
        return parameter.form() == Parameter.Form.FLAG
                ? flag(parameter.name(), parameter.words())
                : OptionSpec.builder(parameter.name())
                        .type(String.class)
                        .required(parameter.isRequired())
                        .paramLabel(parameter.label())
                        .description(parameter.words())
                        .build();
    }

    private static OptionSpec flag(String name, String words) {
        return OptionSpec.builder(name).type(boolean.class).description(words).build();
    }

    private static PositionalParamSpec positional(Parameter<?> parameter, int index) {
        boolean many = parameter.form() == Parameter.Form.ARGUMENTS;
        var builder =
                PositionalParamSpec.builder()
                        .index(many ? index + "..*" : String.valueOf(index))
                        .arity(many ? "1..*" : parameter.isRequired() ? "1" : "0..1")
                        .required(parameter.isRequired())
                        .paramLabel(parameter.label())
                        .description(parameter.words());
        return many
                ? builder.type(List.class).auxiliaryTypes(String.class).build()
                : builder.type(String.class).build();
    }
}
