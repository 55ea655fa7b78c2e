package org.entente.compiler;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What became of an order: whether it compiled, and all that the compiler said.
record Answer(int number, boolean succeeded, List<Remark> remarks) {
    /// One message; `kind` is a name both of `Diagnostic.Kind` and of Maven's kinds, `file` is
    /// empty when it is about none.
    record Remark(String kind, String file, int line, int column, String text) {}

    void write(DataOutputStream out) throws IOException {
        out.writeInt(number);
        out.writeBoolean(succeeded);
        out.writeInt(remarks.size());
        for (Remark remark : remarks) {
            Order.write(out, remark.kind());
            Order.write(out, remark.file());
            out.writeInt(remark.line());
            out.writeInt(remark.column());
            Order.write(out, remark.text());
        }
        out.flush();
    }

    static Answer read(DataInputStream in) throws IOException {
        int number = in.readInt();
        boolean succeeded = in.readBoolean();
        int count = in.readInt();
        List<Remark> remarks = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            remarks.add(
                    new Remark(
                            Order.readText(in),
                            Order.readText(in),
                            in.readInt(),
                            in.readInt(),
                            Order.readText(in)));
        }
        return new Answer(number, succeeded, remarks);
    }
}
