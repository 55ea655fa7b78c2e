package org.entente.chain.contract.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.chain.fixture.MemoryChain.fault;
import static org.entente.chain.fixture.MemoryChain.text;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Receipt;
import org.entente.chain.Solo;
import org.entente.chain.contract.Answer;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Contracts in Java: one that is of use, and those that attack. All sources are compiled once.
final class SandboxTest {
    private static final Name TOKENS = new Name("tokens");
    private static final Compiled COMPILED = new Compiled(sources());

    private final MemoryChain chain = new MemoryChain(new ChainId("solo:java"), SandboxTest::rules);

    private static Governance rules(VerifyingKey owner) {
        return Governance.with(new JavaContracts(owner, List.of(), MemoryChain.VERIFIER));
    }

    private static Map<String, String> sources() {
        TreeMap<String, String> sources = new TreeMap<>(Attacks.sources());
        sources.put("Tokens", read("Tokens"));
        sources.put(
                "Uses",
                Attacks.source(
                        "Uses",
                        """
                        private int hidden = 3;
                        class Inner { int seen() { return hidden + deep(100); } }
                        interface Shape { default int size() { return area() * 2; } int area(); }
                        static class Square implements Shape, Comparable<Square> {
                            final int side;
                            Square(int side) { this.side = side; }
                            public int area() { return side * side; }
                            public int compareTo(Square other) {
                                return Integer.compare(side, other.side);
                            }
                        }
                        static class Broken extends RuntimeException {
                            Broken(String why) { super(why); }
                        }
                        static int deep(int n) { return n == 0 ? 0 : 1 + deep(n - 1); }
                        """,
                        """
                        TreeMap<Square, String> squares = new TreeMap<>();
                        for (int side = 5; side > 0; side--) {
                            squares.put(new Square(side), "s" + side);
                        }
                        StringBuilder said = new StringBuilder();
                        for (Map.Entry<Square, String> each : squares.entrySet()) {
                            said.append(each.getValue()).append(each.getKey().size()).append(' ');
                        }
                        ArrayDeque<Integer> queue = new ArrayDeque<>();
                        queue.addLast(7);
                        List<Long> longs = new ArrayList<>();
                        longs.add(8L);
                        try {
                            if (queue.pollFirst() == 7) throw new Broken("x");
                        } catch (Broken e) {
                            said.append("broken ");
                        }
                        try {
                            said.append(Integer.parseInt("no"));
                        } catch (NumberFormatException e) {
                            said.append(new Inner().seen()).append(' ');
                        }
                        BigInteger n = new BigInteger("12345678901234567890");
                        said.append(n.multiply(n).toString()).append(' ').append(longs.get(0).longValue());
                        int[] sums = {1, 2, 3};
                        switch (method) { case "sum": sums[0] = 10; break; default: break; }
                        return Utf8.bytes(said.append(sums[0] % 7).toString());
                        """));
        sources.put("Fails", Attacks.source("Fails", "", "throw new IllegalStateException();"));
        sources.put("Large", Attacks.source("Large", "", "return new byte[2000];"));
        sources.put(
                "Topics",
                Attacks.source(
                        "Topics",
                        "",
                        "host.put(new byte[1], arguments); host.emit(\"No Topic\", arguments);"
                                + " return null;"));
        sources.put(
                "Keyless",
                Attacks.source("Keyless", "", "host.put(new byte[0], arguments); return null;"));
        sources.put("Mains", "public class Mains { public byte[] call() { return null; } }");
        sources.put("Hidden", Attacks.source("Hidden", "private Hidden() {}", "return null;"));
        sources.put("java2.Named", "package java2; " + Attacks.source("Named", "", "return null;"));
        return sources;
    }

    private static String read(String example) {
        try {
            return Files.readString(Path.of("..", "..", "docs", "contracts", example + ".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_contract_is_brought_and_called_and_another_node_comes_to_the_same() {
        assertThat(deploy(chain.owner(), TOKENS, "Tokens").fault()).isZero();
        VerifyingKey holder = chain.account().key();
        assertThat(output(call(chain.owner(), "issue", text("100")))).isEqualTo(text("100"));
        Receipt moved = call(chain.owner(), "transfer", holder.bytes().concat(text("30")));
        assertThat(Answer.FORMAT.decode(moved.result()).orThrow().events())
                .containsExactly(new Answer.Emitted(new Name("transferred"), holder.bytes()));
        assertThat(output(call(chain.account(), "balance", holder.bytes()))).isEqualTo(text("30"));

        assertThat(fault(call(chain.account(), "issue", text("1")))).isEqualTo(Fault.NOT_YOURS);
        Bytes tooMuch = chain.owner().key().bytes().concat(text("31"));
        assertThat(fault(call(chain.account(), "transfer", tooMuch))).isEqualTo(Fault.CALL_ABORTED);
        assertThat(fault(call(chain.account(), "issue", text("x")))).isEqualTo(Fault.CALL_ABORTED);
        assertThat(output(call(chain.account(), "balance", holder.bytes()))).isEqualTo(text("30"));

        Governance rules = rules(chain.owner().key());
        Ledger copy =
                Ledger.begun(
                        chain.genesis(),
                        rules,
                        Solo.certify(Ledger.first(chain.genesis(), rules), chain.creator()));
        for (Block block : chain.blocks()) {
            copy = copy.apply(block, MemoryChain.VERIFIER).orThrow();
        }
        assertThat(copy.state().root()).isEqualTo(chain.ledger().state().root());
    }

    @Test
    void only_who_may_brings_contracts_and_only_its_owner_the_next_version() {
        Signer account = chain.account();
        assertThat(fault(deploy(account, TOKENS, "Tokens"))).isEqualTo(Fault.NOT_YOURS);
        assertThat(fault(code(account, "allow", account.key().bytes()))).isEqualTo(Fault.NOT_YOURS);
        assertThat(fault(code(chain.owner(), "allow", text("x")))).isEqualTo(Fault.INVALID_VALUE);
        assertThat(code(chain.owner(), "allow", account.key().bytes()).fault()).isZero();
        assertThat(deploy(account, TOKENS, "Tokens").fault()).isZero();
        assertThat(fault(deploy(chain.owner(), TOKENS, "Uses"))).isEqualTo(Fault.ALREADY_EXISTS);
        assertThat(fault(deploy(account, JavaContracts.CODE, "Uses")))
                .isEqualTo(Fault.ALREADY_EXISTS);

        call(account, "issue", text("5"));
        assertThat(deploy(account, TOKENS, "Uses").fault()).isZero();
        assertThat(call(account, "sum", Bytes.EMPTY).fault()).isZero();
        assertThat(chain.ledger().state().value(StateKey.store(TOKENS, text("issuer"))))
                .contains(account.key().bytes());
        assertThat(code(chain.owner(), "forbid", account.key().bytes()).fault()).isZero();
        assertThat(fault(deploy(account, TOKENS, "Tokens"))).isEqualTo(Fault.NOT_YOURS);
    }

    @Test
    void ordinary_java_runs_and_answers() {
        assertThat(deploy(chain.owner(), TOKENS, "Uses").fault()).isZero();
        assertThat(output(call(chain.account(), "sum", Bytes.EMPTY)).asUtf8())
                .isEqualTo(
                        "s12 s28 s318 s432 s550 broken 103"
                                + " 152415787532388367501905199875019052100 83");
    }

    @Test
    void what_no_contract_may_have_is_refused_when_it_is_brought() {
        Attacks.refused()
                .forEach((main, named) ->
                        assertThat(refusal(COMPILED.code(main))).as(main).contains(named));
        assertThat(refusal(COMPILED.code("Mains"))).contains("Mains");
        assertThat(refusal(COMPILED.code("Hidden"))).isNotEmpty();
        assertThat(refusal(new Code("Nowhere", COMPILED.classes("Tokens")))).contains("Nowhere");
        assertThat(refusal(new Code("java.util.ArrayList", COMPILED.classes("Tokens"))))
                .isNotEmpty();
        List<Bytes> twice = new ArrayList<>(COMPILED.classes("Tokens"));
        twice.addAll(COMPILED.classes("Tokens"));
        assertThat(refusal(new Code("Tokens", twice))).contains("twice");
        for (String name : List.of("java.lang.Tokens", "org.entente.chain.Tokens", "jdk.Tokens")) {
            assertThat(refusal(new Code(name, List.of(renamed("Tokens", name)))))
                    .contains("is no name");
        }
    }

    /// A way back that the class file hides from whoever counts along its frames.
    @Test
    void a_way_that_the_class_file_hides_is_refused() {
        byte[] hidden =
                ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                        .transformClass(
                                ClassFile.of()
                                        .parse(COMPILED.classes("Loops").getFirst().toArray()),
                                ClassTransform.ACCEPT_ALL);
        byte[] without =
                ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                        .transformClass(
                                ClassFile.of().parse(hidden),
                                ClassTransform.transformingMethodBodies(
                                        (builder, element) -> builder.with(element)));
        assertThat(refusal(new Code("Loops", List.of(Bytes.copyOf(without))))).isNotEmpty();
    }

    @Test
    void what_takes_too_much_is_stopped_where_every_node_stops_it() {
        for (String main : Attacks.exhausting()) {
            assertThat(deploy(chain.owner(), TOKENS, main).fault()).as(main).isZero();
            long items = chain.ledger().state().count();
            assertThat(fault(call(chain.account(), "run", text("x"))))
                    .as(main)
                    .isEqualTo(Fault.CALL_EXHAUSTED);
            assertThat(chain.ledger().state().count()).as(main).isEqualTo(items);
        }
    }

    @Test
    void what_goes_wrong_within_changes_nothing() {
        Map<String, Fault> expected =
                Map.of(
                        "Fails", Fault.CALL_ABORTED,
                        "Large", Fault.TOO_LARGE,
                        "Topics", Fault.INVALID_VALUE,
                        "Keyless", Fault.INVALID_VALUE);
        expected.forEach((main, fault) -> {
            assertThat(deploy(chain.owner(), TOKENS, main).fault()).as(main).isZero();
            assertThat(fault(call(chain.account(), "run", text("x")))).as(main).isEqualTo(fault);
        });
        assertThat(chain.ledger().state().item(StateKey.store(TOKENS, Bytes.copyOf(new byte[1]))))
                .isEmpty();
    }

    @Test
    void mutated_class_files_are_refused_or_run_to_an_end() {
        Random random = new Random(7);
        byte[] sound = COMPILED.classes("Tokens").getFirst().toArray();
        int ran = 0;
        for (int count = 0; count < 400; count++) {
            byte[] bytes = sound.clone();
            for (int flips = random.nextInt(1, 3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Code code = new Code("Tokens", List.of(Bytes.copyOf(bytes)));
            switch (Machine.of(code)) {
                case Parsed.Refused<Machine>(Verdict.Rejected why) ->
                        assertThat(why.fault()).isEqualTo(Fault.CODE_REFUSED);
                case Parsed.Value<Machine> _ -> {
                    ran++;
                    assertThat(deploy(chain.owner(), TOKENS, code).fault()).isZero();
                    call(chain.owner(), "issue", text("5"));
                }
            }
        }
        assertThat(ran).isBetween(1, 399);
    }

    private static String refusal(Code code) {
        return Machine.of(code).verdict() instanceof Verdict.Rejected(Fault fault, String why)
                        && fault == Fault.CODE_REFUSED
                ? why
                : "";
    }

    private static Bytes renamed(String from, String to) {
        ClassFile files = ClassFile.of();
        return Bytes.copyOf(
                files.transformClass(
                        files.parse(COMPILED.classes(from).getFirst().toArray()),
                        ClassDesc.of(to),
                        ClassTransform.ACCEPT_ALL));
    }

    private Receipt deploy(Signer by, Name name, String main) {
        return deploy(by, name, COMPILED.code(main));
    }

    private Receipt deploy(Signer by, Name name, Code code) {
        assertThat(refusal(code)).isEmpty();
        Deployment deployment = new Deployment(name, Code.FORMAT.encode(code));
        return code(by, "deploy", Deployment.FORMAT.encode(deployment));
    }

    private Receipt code(Signer by, String method, Bytes arguments) {
        return chain.perform(
                by, new Action.Call(JavaContracts.CODE, method, arguments, Optional.empty()));
    }

    private Receipt call(Signer by, String method, Bytes arguments) {
        return chain.perform(by, new Action.Call(TOKENS, method, arguments, Optional.empty()));
    }

    private static Bytes output(Receipt receipt) {
        return Answer.FORMAT.decode(receipt.result()).orThrow().output();
    }
}
