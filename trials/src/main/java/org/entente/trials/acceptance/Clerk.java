package org.entente.trials.acceptance;

import org.entente.certs.Cryptography;
import org.entente.client.cli.command.World;
import org.entente.launcher.Main;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Runs the commands of a page one after the other in one JVM, where their fifty starts would cost
/// more than all that they do. Each is what `./entente` runs; processes start by the script as
/// ever. A transcript with kills gives each command its own process.
public final class Clerk implements AutoCloseable {
    private static final int WORD_COUNT_MAX = 256;
    private final Process process;

    /// @param script of the project
    /// @param folder in which the commands are given
    /// @param options of its JVM
    Clerk(Path script, Path folder, List<String> options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--sun-misc-unsafe-memory-access=allow");
        line.addAll(List.of("-cp", classPath(), Clerk.class.getName()));
        this.process =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("clerk.log").toFile())
                        .start();
        String port = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (port == null) {
            throw new IOException(
                    "the clerk did not start: " + Files.readString(folder.resolve("clerk.log")));
        }
        Files.writeString(
                Files.createFile(
                        folder.resolve("entente"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------"))),
                text(script, Integer.parseInt(port)));
    }

    private static String text(Path script, int port) {
        return """
        #!/usr/bin/env bash
        # Hands a command to the clerk, who answers with exit status, size of its output, output, complaints.
        case "${1:-} ${2:-}" in relay\\ * | agent\\ * | chain\\ solo | chain\\ industrial) exec %s "$@" ;; esac
        exec 3<> /dev/tcp/127.0.0.1/%d
        printf '%%s\\0' "$#" "$@" >&3
        read -r -u 3 status size
        head -c "$size" <&3
        cat <&3 >&2
        exit "$status"
        """
                .formatted(script, port);
    }

    /// It works in another folder, where a relative path would name something else.
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// The clerk's own process: says its port, then serves until it is ended.
    public static void main(String[] arguments) throws IOException {
        Cryptography cryptography = Cryptography.fastest();
        try (ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                try (Socket socket = server.accept()) {
                    serve(socket, cryptography);
                }
            }
        }
    }

    private static void serve(Socket socket, Cryptography cryptography) throws IOException {
        String[] words = words(new DataInputStream(socket.getInputStream()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        World world =
                new World(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        InstantSource.system(),
                        new SecureRandom(),
                        () -> cryptography);
        int status = Main.program(world).run(words);
        OutputStream answer = socket.getOutputStream();
        answer.write((status + " " + out.size() + "\n").getBytes(StandardCharsets.UTF_8));
        out.writeTo(answer);
        err.writeTo(answer);
        answer.flush();
    }

    private static String[] words(DataInputStream in) throws IOException {
        int count = Integer.parseInt(word(in));
        if (count < 0 || count > WORD_COUNT_MAX) {
            throw new IOException("a command of " + count + " words");
        }
        String[] words = new String[count];
        for (int index = 0; index < count; index++) {
            words[index] = word(in);
        }
        return words;
    }

    private static String word(DataInputStream in) throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != 0; next = in.readUnsignedByte()) {
            word.write(next);
        }
        return word.toString(StandardCharsets.UTF_8);
    }
}
