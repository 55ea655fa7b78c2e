package org.entente.compiler;

import org.codehaus.plexus.compiler.CompilerConfiguration;
import org.codehaus.plexus.compiler.CompilerException;
import org.codehaus.plexus.compiler.CompilerMessage;
import org.codehaus.plexus.compiler.CompilerResult;
import org.codehaus.plexus.compiler.javac.JavacCompiler;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.annotation.Priority;

/// Maven's javac where it would start a process for every module: this asks one process that stays.
///
/// `META-INF/plexus/components.xml` has it take the place of the one it extends.
@Priority(1)
public final class WarmCompiler extends JavacCompiler {
    private @Nullable Line line;

    @Override
    protected CompilerResult compileOutOfProcess(
            CompilerConfiguration configuration, String executable, String[] arguments)
            throws CompilerException {
        try {
            return result(line(configuration, executable, arguments).order(List.of(arguments)));
        } catch (IOException | URISyntaxException e) {
            throw new CompilerException("the compiler of the build cannot be asked", e);
        }
    }

    /// The first order decides with which options the compiler runs; all have the same, from the
    /// parent's `pom.xml`.
    private synchronized Line line(
            CompilerConfiguration configuration, String executable, String[] arguments)
            throws IOException, URISyntaxException {
        Line current = line;
        if (current == null || !current.isOpen()) {
            current = Line.to(command(configuration, executable, arguments));
            line = current;
            getLog().info("Compiling every module in one process");
        }
        return current;
    }

    private static List<String> command(
            CompilerConfiguration configuration, String executable, String[] arguments)
            throws URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(executable).resolveSibling("java").toString());
        configuration.getCustomCompilerArgumentsAsMap().keySet().stream()
                .filter(option -> option.startsWith("-J"))
                .map(option -> option.substring(2))
                .forEach(command::add);
        command.add("-cp");
        command.add(ownPath() + File.pathSeparator + pluginPath(List.of(arguments)));
        command.add(Workshop.class.getName());
        return command;
    }

    private static Path ownPath() throws URISyntaxException {
        return Path.of(
                WarmCompiler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String pluginPath(List<String> arguments) {
        int option =
                Math.max(
                        arguments.indexOf("-processorpath"), arguments.indexOf("--processor-path"));
        return option < 0 ? "" : arguments.get(option + 1);
    }

    private static CompilerResult result(Answer answer) {
        List<CompilerMessage> messages = new ArrayList<>();
        for (Answer.Remark remark : answer.remarks()) {
            CompilerMessage.Kind kind = CompilerMessage.Kind.valueOf(remark.kind());
            messages.add(
                    remark.file().isEmpty()
                            ? new CompilerMessage(remark.text(), kind)
                            : new CompilerMessage(
                                    remark.file(),
                                    kind,
                                    remark.line(),
                                    remark.column(),
                                    remark.line(),
                                    remark.column(),
                                    remark.text()));
        }
        return new CompilerResult(answer.succeeded(), messages);
    }
}
