package org.entente.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Group;
import org.entente.client.cli.command.Program;
import org.entente.client.cli.command.Usage;
import org.entente.launcher.fixture.Terminal;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `docs/commands.md` is what the commands say about themselves.
class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    void the_page_says_what_the_commands_say() throws IOException {
        String generated = page();
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/commands.md; run the build with -Ddocs=write to generate it")
                .isEqualTo(generated);
    }

    @Test
    void every_command_says_what_it_changes_and_gives_an_example_of_itself() {
        for (Group group : Main.groups()) {
            for (Command command : group.commands().get()) {
                explains(command.usage(), "entente " + group.name());
            }
        }
        for (Command command : Main.single()) {
            explains(command.usage(), "entente");
            command.below()
                    .forEach(each -> explains(each.usage(), "entente " + command.usage().name()));
        }
    }

    private static void explains(Usage usage, String before) {
        assertThat(usage.example()).startsWith(before + " " + usage.name());
        assertThat(usage.changes()).isNotBlank().endsWith(".");
        assertThat(usage.summary()).endsWith(".");
    }

    private static String page() {
        Program program = Main.program(Terminal.WORLD);
        StringBuilder page = new StringBuilder();
        page.append("# Commands\n\n")
                .append("Generated from the commands themselves; a test compares. Exit codes: 0")
                .append(" done, 1 refused, 2 wrong\ncommand line or file, 4 no answer.")
                .append(" `./entente relay --help` and `agent --help` describe\nthe processes.\n");
        for (Group group : Main.groups()) {
            page.append("\n## ").append(group.name()).append("\n\n").append(group.summary());
            page.append('\n');
            for (Command command : group.commands().get()) {
                append(page, program, group.name(), command.usage().name());
            }
        }
        page.append("\n## alone\n");
        for (Command command : Main.single()) {
            append(page, program, command.usage().name());
            for (Command below : command.below()) {
                append(page, program, command.usage().name(), below.usage().name());
            }
        }
        return page.toString();
    }

    private static void append(StringBuilder page, Program program, String... path) {
        page.append("\n### ").append(String.join(" ", path)).append("\n\n```\n");
        page.append(program.help(path)).append("```\n");
    }
}
