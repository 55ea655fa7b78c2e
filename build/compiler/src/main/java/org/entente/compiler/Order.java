package org.entente.compiler;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One compilation that is asked for: the arguments of javac, under a number that the answer
/// repeats.
record Order(int number, List<String> arguments) {
    void write(DataOutputStream out) throws IOException {
        out.writeInt(number);
        out.writeInt(arguments.size());
        for (String argument : arguments) {
            write(out, argument);
        }
        out.flush();
    }

    static Order read(DataInputStream in) throws IOException {
        int number = in.readInt();
        int count = in.readInt();
        List<String> arguments = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            arguments.add(readText(in));
        }
        return new Order(number, arguments);
    }

    /// `writeUTF` ends at 64 KiB, a class path need not.
    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
