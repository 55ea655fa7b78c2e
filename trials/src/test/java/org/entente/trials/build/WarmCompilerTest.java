package org.entente.trials.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.codehaus.plexus.compiler.CompilerConfiguration;
import org.codehaus.plexus.compiler.CompilerException;
import org.codehaus.plexus.compiler.CompilerMessage;
import org.codehaus.plexus.compiler.CompilerResult;
import org.entente.compiler.WarmCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The compiler of the build, asked as Maven asks it (docs/decisions/0023).
class WarmCompilerTest {
    private static final String GOOD =
            "class Good {\n    int one() {\n        return 1;\n    }\n}\n";
    private static final WarmCompiler COMPILER = new WarmCompiler();

    @TempDir Path folder;

    @BeforeEach
    void something_to_compile() throws IOException {
        Files.writeString(folder.resolve("Good.java"), GOOD);
    }

    @Test
    void a_compile_error_fails_the_build_with_its_file_and_line() throws Exception {
        Files.writeString(folder.resolve("Good.java"), GOOD.replace("return 1;", "return \"\";"));
        CompilerResult result = compile("Good.java");
        assertThat(result.isSuccess()).isFalse();
        CompilerMessage message = result.getCompilerMessages().getFirst();
        assertThat(message.isError()).isTrue();
        assertThat(message.getFile()).isEqualTo(folder.resolve("Good.java").toString());
        assertThat(message.getStartLine()).isEqualTo(3);
        assertThat(message.getMessage()).contains("String cannot be converted to int");
    }

    @Test
    void a_warning_fails_the_build_with_its_file_and_line() throws Exception {
        Files.writeString(folder.resolve("Raw.java"), "class Raw {\n    java.util.List none;\n}\n");
        CompilerResult result = compile("Good.java", "Raw.java");
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getCompilerMessages())
                .anySatisfy(message -> {
                    assertThat(message.getFile()).endsWith("Raw.java");
                    assertThat(message.getStartLine()).isEqualTo(2);
                    assertThat(message.getMessage()).contains("raw type");
                });
    }

    @Test
    void a_plugin_that_does_not_exist_fails_the_build() throws Exception {
        CompilerConfiguration order = order("Good.java");
        order.addCompilerCustomArgument("-Xplugin:Missing", null);
        CompilerResult result = COMPILER.performCompile(order);
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getCompilerMessages())
                .anySatisfy(message -> assertThat(message.getMessage()).contains("Missing"));
    }

    @Test
    void modules_at_once_are_compiled_by_one_process() throws Exception {
        Files.writeString(folder.resolve("Other.java"), GOOD.replace("Good", "Other"));
        CompletableFuture<CompilerResult> good = CompletableFuture.supplyAsync(() -> tried("Good"));
        CompletableFuture<CompilerResult> other =
                CompletableFuture.supplyAsync(() -> tried("Other"));
        assertThat(good.join().isSuccess()).isTrue();
        assertThat(other.join().isSuccess()).isTrue();
        assertThat(folder.resolve("classes/Good.class")).exists();
        assertThat(folder.resolve("classes/Other.class")).exists();
        assertThat(workshops()).hasSize(1);
    }

    @Test
    void a_compiler_that_was_killed_is_followed_by_another() throws Exception {
        assertThat(compile("Good.java").isSuccess()).isTrue();
        for (ProcessHandle workshop : workshops()) {
            workshop.destroyForcibly();
            workshop.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(compile("Good.java").isSuccess()).isTrue();
    }

    @Test
    void the_compiler_ends_when_the_build_does() throws Exception {
        Process workshop =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                Path.of(
                                                WarmCompiler.class
                                                        .getProtectionDomain()
                                                        .getCodeSource()
                                                        .getLocation()
                                                        .toURI())
                                        .toString(),
                                "org.entente.compiler.Workshop")
                        .start();
        assertThat(workshop.isAlive()).isTrue();
        workshop.getOutputStream().close();
        assertThat(workshop.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(workshop.exitValue()).isZero();
    }

    private CompilerResult compile(String... sources) throws CompilerException {
        return COMPILER.performCompile(order(sources));
    }

    private CompilerResult tried(String name) {
        try {
            return compile(name + ".java");
        } catch (CompilerException e) {
            throw new AssertionError(e);
        }
    }

    private CompilerConfiguration order(String... sources) {
        CompilerConfiguration order = new CompilerConfiguration();
        order.setFork(true);
        order.setExecutable(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        order.setWorkingDirectory(folder.toFile());
        order.setOutputLocation(folder.resolve("classes").toString());
        order.setShowWarnings(true);
        order.setReleaseVersion("25");
        order.setSourceFiles(
                Arrays.stream(sources)
                        .map(name -> folder.resolve(name).toFile())
                        .collect(Collectors.toSet()));
        order.addCompilerCustomArgument("-Xlint:all", null);
        order.addCompilerCustomArgument("-Werror", null);
        order.addCompilerCustomArgument("-J-XX:TieredStopAtLevel=1", null);
        return order;
    }

    private static List<ProcessHandle> workshops() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("Workshop"))
                .toList();
    }
}
