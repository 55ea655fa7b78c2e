package org.entente.chain.contract.sandbox;

import java.util.Map;
import java.util.TreeMap;

/// Sources of contracts that do what none may, by the names of their main classes.
final class Attacks {
    private static final String HEAD =
            """
            import org.entente.chain.contract.api.*;
            import java.math.BigInteger;
            import java.util.*;
            public class NAME implements Program {
                MEMBERS
                public byte[] call(String method, byte[] arguments, Host host) {
                    BODY
                }
            }
            """;

    /// Refused when they are brought, and what the refusal names.
    private static final String[][] REFUSED = {
        {"Threads", "", "new Thread(null, null, \"x\"); return arguments;", "java.lang.Thread"},
        {"Times", "", "return new byte[(int) System.nanoTime() & 7];", "nanoTime"},
        {"Exits", "", "System.exit(1); return arguments;", "exit"},
        {"Prints", "", "System.out.println(); return arguments;", "java.lang.System.out"},
        {"Reflects", "", "return method.getClass().getName().getBytes();", "getClass"},
        {"Classes", "", "Object o = String.class; return arguments;", "constant"},
        {"Loads", "", "ClassLoader.getSystemClassLoader(); return arguments;", "ClassLoader"},
        {"Runs", "", "Runtime.getRuntime().halt(1); return arguments;", "Runtime"},
        {"Identities", "", "return new byte[new Object().hashCode() & 7];", "hashCode"},
        {"Shown", "", "return Utf8.bytes(new Object().toString());", "toString"},
        {"Appended", "", "return Utf8.bytes(\"\" + new Object());", "append"},
        {"Hashes", "", "new HashMap<Object, Object>(); return arguments;", "HashMap"},
        {"Sets", "", "Set.of(1, 2); return arguments;", "Set.of"},
        {"Floats", "", "double d = arguments.length; return new byte[(int) d];", "I2D"},
        {"Floating", "float f;", "return arguments;", "float"},
        {"Parses", "", "Object o = Double.valueOf(\"1\"); return arguments;", "Double"},
        {"Statics", "static int count;", "return new byte[count];", "static"},
        {"Initial", "static final int[] A = {1};", "return arguments;", "static"},
        {
            "Catches",
            "",
            "try { return arguments; } catch (Throwable e) { return arguments; }",
            "Throwable"
        },
        {"Errors", "", "try { return arguments; } catch (Error e) { return arguments; }", "Error"},
        {
            "Finally",
            "",
            "try { host.height(); } finally { host.height(); } return arguments;",
            "finally"
        },
        {"Natives", "native void run();", "return arguments;", "native"},
        {"Locks", "", "synchronized (this) { return arguments; }", "finally"},
        {"Locked", "synchronized void run() {}", "return arguments;", "synchronized"},
        {"Lambdas", "", "Comparable<String> c = x -> 1; return arguments;", "INVOKEDYNAMIC"},
        {"Finalizes", "protected void finalize() {}", "return arguments;", "finalize"},
        {"Same", "", "return method == \"x\" ? arguments : null;", "IF_ACMP"},
        {"Formats", "", "return Utf8.bytes(String.format(\"%d\", 1));", "format"},
        {"Cases", "", "return Utf8.bytes(method.toUpperCase());", "toUpperCase"},
        {"Grids", "", "int[][] a = new int[3][3]; return arguments;", "MULTIANEWARRAY"},
        {"Clones", "", "return arguments.clone();", "clone"},
        {"Chance", "", "return new byte[new Random().nextInt(7)];", "Random"},
        {"Environs", "", "return Utf8.bytes(System.getenv(\"HOME\"));", "getenv"},
        {"Sublists", "", "return new byte[new ArrayList<>(List.of(1)).size()];", "List.of"},
        {
            "Contains",
            "",
            "return new byte[new ArrayList<Object>().contains(1) ? 1 : 0];",
            "contains"
        },
        {"Streams", "", "return new byte[(int) method.chars().count()];", "chars"},
        {"Wide", wide(), "return arguments;", "locals"},
        {"Enums", "enum E { A }", "return arguments;", "java.lang.Enum"},
        {
            "Meters",
            "",
            "org.entente.chain.contract.sandbox.Meter.enter(); return arguments;",
            "Meter"
        },
    };

    /// Stopped while they run.
    private static final String[][] EXHAUSTING = {
        {"Loops", "", "while (true) {}"},
        {"Jumps", "", "for (int i = 0; ; i++) { if (i < 0) return arguments; }"},
        {"Recurses", "int deep(int n) { return deep(n + 1); }", "return new byte[deep(0)];"},
        {
            "Builds",
            "int n; Builds next() { return new Builds().next(); }",
            "next(); return arguments;"
        },
        {"Huge", "", "return new byte[Integer.MAX_VALUE];"},
        {"Fills", "", "List<Object> l = new ArrayList<>(); while (true) l.add(new long[1000]);"},
        {"Doubles", "", "String s = \"xx\"; while (true) s = s + s;"},
        {"Repeats", "", "return Utf8.bytes(\"x\".repeat(Integer.MAX_VALUE));"},
        {
            "Powers",
            "",
            "BigInteger n = BigInteger.valueOf(3); while (true)"
                    + " try { n = n.multiply(n); } catch (ArithmeticException e) {}"
        },
        {"Digits", "", "String s = \"9\".repeat(6000); while (true) new BigInteger(s).toString();"},
        {
            "Searches",
            "",
            "TreeMap<String, String> m = new TreeMap<>(); String s = \"x\".repeat(50000);"
                    + " for (int i = 0; i < 100; i++) m.put(s + i, s);"
                    + " while (true) m.get(s + 7);"
        },
        {
            "Throws",
            "",
            "while (true) try { throw new IllegalStateException(); }"
                    + " catch (IllegalStateException e) {}"
        },
        {"Nulls", "String o;", "while (true) try { o.length(); } catch (RuntimeException e) {}"},
        {
            "Swallows",
            "int deep() { try { return deep(); } catch (RuntimeException e) { return 1; } }",
            "while (true) deep();"
        },
        {"Hashing", "", "while (true) host.hash(arguments);"},
        {"Verifies", "", "while (true) host.verify(host.caller(), host.random(), new byte[64]);"},
        {"Writes", "", "for (int i = 0; ; i++) host.put(Utf8.bytes(\"k\" + i), arguments);"},
        {"Looks", "", "while (true) host.keys(new byte[0], 1000);"},
        {"Emits", "", "while (true) host.emit(\"x\", arguments);"},
        {"Deepest", deepest(), "return new byte[deep(1)];"},
        {
            "Compares",
            "static class K implements Comparable<K> { public int compareTo(K o) { TreeMap<K, K> m"
                    + " = new TreeMap<>(); m.put(o, o); m.put(this, this); return 0; } }",
            "new K().compareTo(new K()); return arguments;"
        },
    };

    private Attacks() {}

    private static String wide() {
        StringBuilder locals = new StringBuilder("long wide(long a");
        for (int count = 0; count < 64; count++) {
            locals.append(", long a").append(count);
        }
        return locals + ") { return a; }";
    }

    /// As many locals as a frame may have, and as deep as may be.
    private static String deepest() {
        StringBuilder source = new StringBuilder("int deep(int n) {");
        for (int count = 0; count < 58; count++) {
            source.append("long a").append(count).append(" = n;");
        }
        source.append("int sum = deep(n + 1);");
        for (int count = 0; count < 58; count++) {
            source.append("sum += (int) a").append(count).append(';');
        }
        return source + "return sum; }";
    }

    static Map<String, String> sources() {
        TreeMap<String, String> all = new TreeMap<>();
        for (String[] each : REFUSED) {
            all.put(each[0], source(each));
        }
        for (String[] each : EXHAUSTING) {
            all.put(each[0], source(each));
        }
        return all;
    }

    static String source(String... parts) {
        return HEAD.replace("NAME", parts[0])
                .replace("MEMBERS", parts[1])
                .replace("BODY", parts[2]);
    }

    /// What the refusal of each names.
    static Map<String, String> refused() {
        TreeMap<String, String> all = new TreeMap<>();
        for (String[] each : REFUSED) {
            all.put(each[0], each[3]);
        }
        return all;
    }

    static Iterable<String> exhausting() {
        return java.util.Arrays.stream(EXHAUSTING).map(each -> each[0]).toList();
    }
}
