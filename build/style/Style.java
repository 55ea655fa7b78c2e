import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// The part of the house style a machine can judge: format, length of files and of methods.
///
/// `check` names every offence and fails; `apply` formats, then checks the lengths.
final class Style {
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;

    private final Formatter formatter =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());
    private final List<String> offences = Collections.synchronizedList(new ArrayList<>());

    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments.length == 1 && arguments[0].equals("apply");
        Style style = new Style();
        List<Path> files = sources(Path.of(""));
        files.parallelStream().forEach(file -> style.format(file, apply));
        style.lengths(files);
        style.offences.stream().sorted().forEach(System.err::println);
        if (!style.offences.isEmpty()) {
            System.err.println(
                    style.offences.size()
                            + " offences against the style; `mvn -pl build/style process-sources"
                            + " -Dstyle=apply` mends the format");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().matches("(.*/)?target/.*"))
                    .sorted()
                    .toList();
        }
    }

    private void format(Path file, boolean apply) {
        try {
            String source = Files.readString(file);
            String once = formatter.formatSourceAndFixImports(source);
            if (once.equals(source)) {
                return;
            }
            // The second pass settles lines that the first one broke.
            String formatted = formatter.formatSourceAndFixImports(once);
            if (formatted.equals(source)) {
                return;
            }
            if (apply) {
                Files.writeString(file, formatted);
            } else {
                offences.add(file + ": not formatted");
            }
        } catch (FormatterException e) {
            offences.add(file + ": cannot be formatted: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lengths(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    _ -> {},
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                length(unit, positions);
            }
        }
    }

    private void length(CompilationUnitTree unit, SourcePositions positions) {
        Path file = Path.of(unit.getSourceFile().getName());
        try (Stream<String> lines = Files.lines(file)) {
            long count = lines.count();
            if (count > FILE_LINES_MAX) {
                offences.add(file + ": " + count + " lines, " + FILE_LINES_MAX + " allowed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                long first = line(positions.getStartPosition(unit, method));
                long last = line(positions.getEndPosition(unit, method));
                if (last - first + 1 > METHOD_LINES_MAX) {
                    offences.add(
                            "%s:%d: %s has %d lines, %d allowed"
                                    .formatted(
                                            file,
                                            first,
                                            method.getName(),
                                            last - first + 1,
                                            METHOD_LINES_MAX));
                }
                return super.visitMethod(method, unused);
            }

            private long line(long position) {
                return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
            }
        }.scan(unit, null);
    }
}
