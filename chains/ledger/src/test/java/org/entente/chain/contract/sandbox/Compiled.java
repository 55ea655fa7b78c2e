package org.entente.chain.contract.sandbox;

import org.entente.protocol.Bytes;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Contracts as a developer compiles them, all sources at once.
final class Compiled {
    private final TreeMap<String, ByteArrayOutputStream> files = new TreeMap<>();

    /// @param sources by the names of their main classes
    Compiled(Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        JavaFileManager standard = compiler.getStandardFileManager(told, null, null);
        boolean done =
                compiler.getTask(
                                null,
                                new Kept(standard),
                                told,
                                List.of("-XDstringConcat=inline", "-proc:none", "-nowarn"),
                                null,
                                sources.entrySet().stream().map(it -> source(it)).toList())
                        .call();
        if (!done) {
            throw new IllegalStateException(
                    told.getDiagnostics().stream().map(Diagnostic::toString).toList().toString());
        }
    }

    /// The contract with this main class and those within it.
    Code code(String main) {
        return new Code(main, classes(main));
    }

    List<Bytes> classes(String main) {
        return files.entrySet().stream()
                .filter(it -> it.getKey().equals(main) || it.getKey().startsWith(main + "$"))
                .map(it -> Bytes.copyOf(it.getValue().toByteArray()))
                .toList();
    }

    private static JavaFileObject source(Map.Entry<String, String> source) {
        URI uri = URI.create("string:///" + source.getKey().replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.getValue();
            }
        };
    }

    /// Keeps class files in memory.
    private final class Kept extends ForwardingJavaFileManager<JavaFileManager> {
        private Kept(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return files.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
