package org.entente.trials.acceptance;

import java.util.ArrayList;
import java.util.List;

/// A page of the handbook as what is done in its order: files written, commands run, their output
/// seen.
///
/// A fenced block `console` holds commands behind `$ `, each followed by its output; a block whose
/// info string names `file=NAME` holds a file. Everything else is prose and is kept.
public record Page(List<Part> parts) {
    public sealed interface Part {
        /// The part as it stands on the page.
        String text();
    }

    public record Prose(String text) implements Part {}

    public record File(String info, String name, String content) implements Part {
        @Override
        public String text() {
            return "```" + info + "\n" + content + "```\n";
        }
    }

    public record Session(List<Step> steps) implements Part {
        @Override
        public String text() {
            StringBuilder text = new StringBuilder("```console\n");
            steps.forEach(step -> text.append(step.text()));
            return text.append("```\n").toString();
        }
    }

    /// One command and the output that the page shows.
    public record Step(String command, String output) {
        String text() {
            return "$ " + command + "\n" + output;
        }

        boolean inBackground() {
            return command.endsWith("&");
        }
    }

    public Page {
        parts = List.copyOf(parts);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.text()));
        return text.toString();
    }

    public static Page parse(String markdown) {
        List<Part> parts = new ArrayList<>();
        StringBuilder prose = new StringBuilder();
        List<String> lines = markdown.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            boolean runs = line.equals("```console") || line.matches("```.*\\bfile=\\S+.*");
            if (!runs) {
                prose.append(line).append('\n');
                continue;
            }
            int end = lines.subList(index + 1, lines.size()).indexOf("```") + index + 1;
            if (end == index) {
                throw new IllegalArgumentException("a block is not closed: " + line);
            }
            if (!prose.isEmpty()) {
                parts.add(new Prose(prose.toString()));
                prose.setLength(0);
            }
            parts.add(block(line.substring(3), lines.subList(index + 1, end)));
            index = end;
        }
        if (!prose.isEmpty()) {
            parts.add(new Prose(prose.toString()));
        }
        return new Page(parts);
    }

    private static Part block(String info, List<String> lines) {
        return info.equals("console")
                ? new Session(steps(lines))
                : new File(
                        info,
                        info.replaceFirst(".*\\bfile=(\\S+).*", "$1"),
                        String.join("\n", lines) + "\n");
    }

    private static List<Step> steps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (int index = 0; index < lines.size(); ) {
            if (!lines.get(index).startsWith("$ ")) {
                throw new IllegalArgumentException("no command before: " + lines.get(index));
            }
            StringBuilder command = new StringBuilder(lines.get(index++).substring(2));
            while (command.toString().endsWith("\\")) {
                command.append('\n').append(lines.get(index++));
            }
            StringBuilder output = new StringBuilder();
            while (index < lines.size() && !lines.get(index).startsWith("$ ")) {
                output.append(lines.get(index++)).append('\n');
            }
            steps.add(new Step(command.toString(), output.toString()));
        }
        return List.copyOf(steps);
    }
}
