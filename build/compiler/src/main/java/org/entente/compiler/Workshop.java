package org.entente.compiler;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The process that compiles: orders come in on standard input, answers leave on standard output,
/// in the order in which they are done. It ends when its input does, however Maven ended.
///
/// Plugins of the compiler stand on its own class path: javac looks there first, so their classes
/// are loaded once.
final class Workshop {
    private Workshop() {}

    public static void main(String[] none) throws IOException {
        DataInputStream orders = new DataInputStream(new BufferedInputStream(System.in));
        PrintStream standardOut = System.out;
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(standardOut));
        // What a plugin prints is not an answer.
        System.setOut(System.err);
        Executor threads = Executors.newCachedThreadPool();
        try {
            while (true) {
                Order order = Order.read(orders);
                threads.execute(() -> send(compile(order), answers));
            }
        } catch (EOFException theBuildIsOver) {
            System.exit(0);
        }
    }

    private static void send(Answer answer, DataOutputStream answers) {
        synchronized (answers) {
            try {
                answer.write(answers);
            } catch (IOException nobodyListens) {
                System.exit(1);
            }
        }
    }

    /// Whatever a compilation throws is its answer: Maven waits for one.
    static Answer compile(Order order) {
        List<Answer.Remark> remarks = Collections.synchronizedList(new ArrayList<>());
        StringWriter text = new StringWriter();
        boolean succeeded = false;
        try {
            succeeded = compile(order.arguments(), text, said -> remarks.add(remark(said)));
        } catch (Throwable failure) {
            failure.printStackTrace(new PrintWriter(text, true));
        }
        if (!text.toString().isBlank()) {
            String kind = succeeded ? "OTHER" : "ERROR";
            remarks.add(new Answer.Remark(kind, "", 0, 0, text.toString()));
        }
        return new Answer(order.number(), succeeded, List.copyOf(remarks));
    }

    private static boolean compile(
            List<String> arguments, StringWriter text, DiagnosticListener<JavaFileObject> listener)
            throws IOException {
        List<String> sources = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String argument : arguments) {
            (argument.endsWith(".java") ? sources : options).add(argument);
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                javac.getStandardFileManager(listener, null, StandardCharsets.UTF_8)) {
            return javac.getTask(
                            text,
                            files,
                            listener,
                            options,
                            null,
                            files.getJavaFileObjectsFromStrings(sources))
                    .call();
        }
    }

    private static Answer.Remark remark(Diagnostic<? extends JavaFileObject> said) {
        JavaFileObject source = said.getSource();
        return new Answer.Remark(
                said.getKind().name(),
                source == null ? "" : source.getName(),
                (int) Math.max(0, said.getLineNumber()),
                (int) Math.max(0, said.getColumnNumber()),
                said.getMessage(null));
    }
}
