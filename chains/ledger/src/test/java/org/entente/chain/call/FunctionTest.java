package org.entente.chain.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/// What the functions answer, and what they say they read.
final class FunctionTest {
    private static final Bytes STOCK = Bytes.utf8("stock/");

    @Test
    void a_sum_adds_whole_numbers_and_names_what_it_read() {
        Function.Answer answer = Function.SUM.call(state("5", "-12", "3"), STOCK).orThrow();
        assertThat(answer.result().asUtf8()).isEqualTo("-4");
        assertThat(answer.reads())
                .extracting(item -> item.version().bytes().hex())
                .containsExactly(
                        "000000000000000100000000",
                        "000000000000000100000001",
                        "000000000000000100000002");
        assertThat(Function.SUM.call(State.EMPTY, STOCK).orThrow().result().asUtf8())
                .isEqualTo("0");
        assertThat(fault(Function.SUM.call(state("five"), STOCK))).isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void the_latest_is_the_one_written_last() {
        assertThat(Function.LATEST.call(state("a", "b"), STOCK).orThrow().result().asUtf8())
                .isEqualTo("b");
        assertThat(fault(Function.LATEST.call(State.EMPTY, STOCK))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void more_keys_than_a_read_set_holds_are_too_many() {
        String[] values = new String[257];
        Arrays.fill(values, "1");
        assertThat(fault(Function.SUM.call(state(values), STOCK))).isEqualTo(Fault.TOO_LARGE);
        assertThat(Function.named("sum")).contains(Function.SUM);
        assertThat(Function.named("drop")).isEmpty();
    }

    private static State state(String... values) {
        Draft draft = new Draft(State.EMPTY);
        for (int number = 0; number < values.length; number++) {
            draft.put(
                    StateKey.own(Bytes.utf8("stock/%03d".formatted(number))),
                    new Position(1, number).version(),
                    Bytes.utf8(values[number]));
        }
        return State.EMPTY.with(draft.written());
    }

    private static Fault fault(Parsed<?> parsed) {
        return parsed.verdict() instanceof Verdict.Rejected(Fault fault, String _)
                ? fault
                : Fault.INTERNAL;
    }
}
