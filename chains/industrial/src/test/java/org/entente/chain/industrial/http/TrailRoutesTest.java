package org.entente.chain.industrial.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.Block;
import org.entente.chain.industrial.Home;
import org.entente.chain.industrial.store.TrailLog;
import org.entente.light.industrial.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Headers;
import org.entente.runtime.http.Method;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The trail as it is asked for.
final class TrailRoutesTest {
    @TempDir Path directory;

    private static Request asked(String from) {
        return new Request(
                Method.GET,
                "/v1/industrial/trail",
                Sorted.empty(),
                from.isEmpty()
                        ? Sorted.empty()
                        : Sorted.with(Sorted.<String, String>empty(), "from", from),
                Headers.NONE,
                Bytes.EMPTY,
                List.of());
    }

    private static int shown(Reply reply) {
        return reply instanceof Reply.Whole(int status, var _, Bytes body) && status == 200
                ? Trail.FORMAT.decode(body).orThrow().parts().size()
                : -1;
    }

    @Test
    void the_ends_of_epochs_are_shown_from_one_on_and_what_is_no_number_is_refused()
            throws IOException {
        Home home = new Home();
        Block first = new Block(home.tip().head(), List.of(), List.of());
        try (TrailLog log = TrailLog.open(directory, home.tip(), _ -> first, Home.verifier())) {
            TrailRoutes routes = new TrailRoutes(log);
            while (log.count() < 2) {
                home.settleTo(home.tip().height() + 1);
                log.settle(home.tip());
            }
            assertThat(shown(routes.trail(asked("")))).isEqualTo(2);
            assertThat(shown(routes.trail(asked("0")))).isEqualTo(2);
            assertThat(shown(routes.trail(asked("1")))).isEqualTo(1);
            assertThat(shown(routes.trail(asked("2")))).isZero();
            assertThat(
                            routes.trail(asked("-1"))
                                            instanceof
                                            Reply.Problem(
                                                    Verdict.Rejected(Fault fault, var _),
                                                    var _,
                                                    var _)
                                    && fault == Fault.INVALID_VALUE)
                    .isTrue();
        }
    }
}
