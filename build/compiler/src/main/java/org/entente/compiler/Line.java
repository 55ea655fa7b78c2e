package org.entente.compiler;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Maven's end of the line to a [Workshop]: many modules may order at once, each waits for its own
/// answer.
final class Line {
    private final Process process;
    private final DataOutputStream orders;

    /// Orders without an answer yet. Guarded by this line, as are writing and counting.
    private final Map<Integer, CompletableFuture<Answer>> open = new HashMap<>();

    private int last;
    private boolean broken;

    private Line(Process process) {
        this.process = process;
        orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /// Starts a workshop by this command line. It ends with the process that called this, for then
    /// its input ends.
    static Line to(List<String> command) throws IOException {
        Line line =
                new Line(
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        Thread reader = new Thread(line::read, "compiler answers");
        reader.setDaemon(true);
        reader.start();
        return line;
    }

    Answer order(List<String> arguments) throws IOException {
        return send(arguments).join();
    }

    synchronized boolean isOpen() {
        return !broken && process.isAlive();
    }

    private synchronized CompletableFuture<Answer> send(List<String> arguments) throws IOException {
        if (broken) {
            throw new IOException("the compiler has ended");
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        last++;
        open.put(last, answer);
        new Order(last, arguments).write(orders);
        return answer;
    }

    private void read() {
        try {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(process.getInputStream()));
            while (true) {
                Answer answer = Answer.read(in);
                take(answer.number()).complete(answer);
            }
        } catch (IOException ended) {
            giveUp();
        }
    }

    private synchronized CompletableFuture<Answer> take(int number) {
        return open.remove(number);
    }

    /// Who waits gets an answer also from a compiler that was killed.
    private synchronized void giveUp() {
        broken = true;
        open.forEach((number, answer) ->
                answer.complete(
                        new Answer(
                                number,
                                false,
                                List.of(
                                        new Answer.Remark(
                                                "ERROR",
                                                "",
                                                0,
                                                0,
                                                "the compiler's process ended before its"
                                                        + " answer")))));
        open.clear();
    }
}
