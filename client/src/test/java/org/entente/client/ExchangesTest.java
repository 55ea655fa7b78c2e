package org.entente.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.client.fixture.ExchangeTwin;
import org.entente.client.fixture.ExchangeTwin.Turn;
import org.entente.endorsement.fixture.Holder;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.log.Settlement;
import org.entente.registry.contract.FlowName;
import org.entente.registry.fixture.Contracts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is asked again, with which bytes, and what never is (protocol.md §10).
class ExchangesTest {
    private static final Patience HASTE =
            new Patience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(2),
                    Duration.ofMillis(8));
    private static final Plan PLAN =
            new Plan(Until.SETTLED, Duration.ofMinutes(2), Duration.ofSeconds(20), HASTE);
    private static final Bytes ARGUMENTS = Bytes.utf8("{\"copy\":[]}");

    @TempDir private Path folder;
    private final List<Credentials.Need> needs = new ArrayList<>();
    private Story story = Story.begun();
    private Optional<ExchangeTwin> relay = Optional.empty();
    private Optional<Exchanges> exchanges = Optional.empty();

    private ExchangeTwin relay() throws Exception {
        if (relay.isEmpty()) {
            relay = Optional.of(new ExchangeTwin(folder, story));
        }
        return relay.get();
    }

    private Exchanges exchanges() throws Exception {
        if (exchanges.isEmpty()) {
            exchanges =
                    Optional.of(
                            new Exchanges(
                                    relay().place(),
                                    HASTE,
                                    this::take,
                                    Story.VERIFIER,
                                    InstantSource.fixed(story.now()),
                                    new SecureRandom()));
        }
        return exchanges.get();
    }

    private Optional<Credential> take(Credentials.Need need) {
        needs.add(need);
        Holder clerk = story.clerk();
        return Optional.of(new Credential(clerk.key(), clerk.certificate()));
    }

    @AfterEach
    void stop() {
        exchanges.ifPresent(Exchanges::close);
        relay.ifPresent(ExchangeTwin::close);
    }

    private Outcome ask(Plan plan) throws Exception {
        return exchanges().ask(exchanges().asking(story.id(), Contracts.FLOW, ARGUMENTS), plan);
    }

    private Outcome ask() throws Exception {
        return ask(PLAN);
    }

    private static Turn says(String state, String more) {
        return new Turn.Says(state, more);
    }

    private static Turn applied(long serial) {
        return says("SETTLED", "\"outcome\":\"APPLIED\",\"serial\":" + serial);
    }

    private static Turn invalid(Fault fault, long serial) {
        return says(
                "COMMITTED",
                "\"outcome\":\"INVALID\",\"serial\":%d,%s"
                        .formatted(
                                serial,
                                ExchangeTwin.problem(
                                        fault, ",\"reads\":[{\"key\":\"orders/7\"}]")));
    }

    private static void isApplied(Outcome outcome, long serial) {
        assertThat(outcome.ending())
                .isEqualTo(new Outcome.Settled(Settlement.End.APPLIED, serial, Optional.empty()));
    }

    @Test
    void a_request_is_signed_under_the_epoch_in_force_and_followed_to_its_end() throws Exception {
        relay().then(says("ASKED", ""), says("SEALED", "\"serial\":4"), applied(4));
        List<ExchangeStatus.State> heard = new ArrayList<>();
        Outcome outcome =
                exchanges()
                        .ask(
                                exchanges().asking(story.id(), Contracts.FLOW, ARGUMENTS),
                                PLAN,
                                status -> heard.add(status.state()));
        isApplied(outcome, 4);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.attempts().getFirst().sendings()).isEqualTo(1);
        assertThat(heard)
                .containsExactly(
                        ExchangeStatus.State.ASKED,
                        ExchangeStatus.State.SEALED,
                        ExchangeStatus.State.SETTLED);
        Asked asked = relay().asked().getFirst();
        Request request = asked.ask().request();
        assertThat(request.epoch()).isZero();
        assertThat(request.attempt()).isEqualTo(1);
        assertThat(request.arguments()).isEqualTo(Digest.of(ARGUMENTS));
        assertThat(request.notAfter()).isEqualTo(story.now().plus(PLAN.validity()));
        assertThat(ExchangeName.FORMAT.digest(request.exchange())).isEqualTo(outcome.exchange());
        assertThat(signed(asked.ask())).isTrue();
    }

    private static boolean signed(Ask ask) {
        return Story.VERIFIER.verify(
                org.entente.certs.Certificate.parse(ask.certificate()).orThrow().key(),
                Request.FORMAT.digest(ask.request()),
                ask.signature());
    }

    @Test
    void after_a_lost_answer_the_same_bytes_are_sent_again() throws Exception {
        relay().then(new Turn.Silent(), new Turn.Silent(), applied(4));
        Outcome outcome = ask();
        isApplied(outcome, 4);
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.attempts().getFirst().sendings()).isEqualTo(3);
        assertThat(relay().posted()).hasSize(3);
        assertThat(relay().posted().stream().distinct()).hasSize(1);
    }

    @Test
    void an_overloaded_relay_gets_the_same_bytes_after_the_pause_it_asked_for() throws Exception {
        relay().then(new Turn.Refuses(Fault.OVERLOADED, 400), applied(4));
        Instant begun = Instant.now();
        isApplied(ask(), 4);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(400));
        assertThat(relay().posted()).hasSize(2);
        assertThat(relay().posted().stream().distinct()).hasSize(1);
    }

    @Test
    void a_pause_that_lasts_past_the_deadline_is_told_at_once() throws Exception {
        relay().then(new Turn.Refuses(Fault.RATE_LIMITED, 3_600_000));
        Instant begun = Instant.now();
        Outcome outcome = ask();
        assertThat(outcome.ending())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.problem().fault()).contains(Fault.RATE_LIMITED));
        assertThat(relay().posted()).hasSize(1);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(PLAN.deadline());
    }

    @Test
    void what_may_be_on_its_way_is_open_though_its_second_sending_is_refused() throws Exception {
        relay().then(new Turn.Silent(), new Turn.Refuses(Fault.RATE_LIMITED, 3_600_000));
        assertThat(ask().ending()).isInstanceOf(Outcome.Open.class);
        assertThat(relay().posted()).hasSize(2);
    }

    @Test
    void a_stale_read_is_asked_anew_as_the_next_attempt() throws Exception {
        relay().then(invalid(Fault.STALE_READ, 4), applied(5));
        Outcome outcome = ask();
        isApplied(outcome, 5);
        assertThat(outcome.attempts()).extracting(Outcome.Attempt::number).containsExactly(1, 2);
        Request first = relay().asked().getFirst().ask().request();
        Request second = relay().asked().getLast().ask().request();
        assertThat(second.exchangeId()).isEqualTo(first.exchangeId());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(signed(relay().asked().getLast().ask())).isTrue();
        assertThat(relay().asked().getLast().ask().signature())
                .isNotEqualTo(relay().asked().getFirst().ask().signature());
    }

    @Test
    void a_false_condition_is_never_asked_again() throws Exception {
        relay().then(invalid(Fault.CONDITION_FALSE, 4));
        Outcome outcome = ask();
        assertThat(outcome.ending())
                .isInstanceOfSatisfying(
                        Outcome.Invalid.class,
                        invalid -> {
                            assertThat(invalid.problem().fault()).contains(Fault.CONDITION_FALSE);
                            assertThat(invalid.serial()).isEqualTo(4);
                            assertThat(invalid.reads()).hasSize(1);
                        });
        assertThat(relay().posted()).hasSize(1);
    }

    @Test
    void every_fault_is_treated_as_the_catalogue_says() throws Exception {
        for (Fault fault : Fault.values()) {
            if (fault == Fault.EXCHANGE_APPLIED || fault == Fault.EXCHANGE_UNSETTLED) {
                continue;
            }
            int before = relay().posted().size();
            relay().then(new Turn.Refuses(fault, 0), applied(4));
            if (fault.retry() == Fault.Retry.NEVER) {
                relay().then(applied(4));
            }
            Outcome outcome = ask();
            List<Bytes> posted = relay().posted().subList(before, relay().posted().size());
            switch (fault.retry()) {
                case NEVER -> {
                    assertThat(outcome.ending()).as(fault + "").isInstanceOf(Outcome.Failed.class);
                    assertThat(posted).as(fault + "").hasSize(1);
                    relay().drain();
                }
                case SAME -> {
                    isApplied(outcome, 4);
                    assertThat(posted).as(fault + "").hasSize(2);
                    assertThat(posted.getFirst()).as(fault + "").isEqualTo(posted.getLast());
                    relay().drain();
                }
                case RENEWED -> {
                    isApplied(outcome, 4);
                    assertThat(posted).as(fault + "").hasSize(2);
                    assertThat(relay().asked().getLast().ask().request().attempt()).isEqualTo(2);
                    relay().drain();
                }
            }
        }
    }

    @Test
    void what_was_never_ordered_is_asked_anew_when_that_can_help() throws Exception {
        relay().then(
                        says(
                                "ENDORSED",
                                "\"outcome\":\"FAILED_UNORDERED\","
                                        + ExchangeTwin.problem(Fault.QUORUM_MISSED, "")),
                        applied(4));
        isApplied(ask(), 4);
        assertThat(relay().asked().getLast().ask().request().attempt()).isEqualTo(2);
    }

    @Test
    void a_refusal_of_the_inbox_is_final_unless_its_reason_passes() throws Exception {
        relay().then(refused(Fault.RANGE_CLOSED), applied(6));
        isApplied(ask(), 6);
        relay().drain();
        relay().then(refused(Fault.EXCHANGE_APPLIED));
        assertThat(ask().ending())
                .isInstanceOfSatisfying(
                        Outcome.Settled.class,
                        settled -> assertThat(settled.end()).isEqualTo(Settlement.End.REFUSED));
    }

    private static Turn refused(Fault fault) {
        return says(
                "SETTLED",
                "\"outcome\":\"REFUSED\",\"serial\":4," + ExchangeTwin.problem(fault, ""));
    }

    @Test
    void an_earlier_attempt_that_is_being_delivered_is_waited_for() throws Exception {
        String earlier =
                "\"attempts\":[{\"exchange\":\"%1$s\",\"alliance\":\"%1$s\",\"contract\":\"trade\",\"flow\":\"orders\",\"attempt\":1,\"request\":\"%1$s\",\"state\":\"%2$s\",\"serial\":3%3$s}]";
        relay().then(
                        new Turn.Refuses(Fault.EXCHANGE_UNSETTLED, 0),
                        says("ASKED", earlier.formatted(Digest.ZERO, "DELIVERING", "")),
                        says(
                                "ASKED",
                                earlier.formatted(
                                        Digest.ZERO, "SETTLED", ",\"outcome\":\"APPLIED\"")));
        isApplied(ask(), 3);
        assertThat(relay().posted()).hasSize(1);
    }

    @Test
    void a_relay_that_forgot_gets_the_same_bytes_again() throws Exception {
        relay().then(says("ASKED", ""), new Turn.Refuses(Fault.NOT_FOUND, 0), applied(4));
        isApplied(ask(), 4);
        assertThat(relay().posted()).hasSize(2);
        assertThat(relay().posted().stream().distinct()).hasSize(1);
    }

    @Test
    void sealed_is_enough_when_no_more_is_waited_for() throws Exception {
        relay().then(says("ASKED", ""), says("SEALED", "\"serial\":4"));
        assertThat(ask(PLAN.until(Until.SEALED)).ending()).isEqualTo(new Outcome.Sealed(4));
    }

    @Test
    void at_the_deadline_the_exchange_is_open_and_nothing_more_is_sent() throws Exception {
        relay().then(says("ENDORSED", ""));
        Outcome outcome = ask(PLAN.deadline(Duration.ofMillis(300)));
        assertThat(outcome.ending())
                .isInstanceOfSatisfying(
                        Outcome.Open.class,
                        open ->
                                assertThat(open.seen().map(ExchangeStatus::state))
                                        .contains(ExchangeStatus.State.ENDORSED));
        assertThat(relay().posted()).hasSize(1);
    }

    @Test
    void a_conflict_that_lasts_past_the_deadline_ends_as_what_it_was() throws Exception {
        relay().then(invalid(Fault.STALE_READ, 4));
        // Long enough for two attempts on a busy machine, with few of them on an idle one.
        Patience few =
                new Patience(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofMillis(500));
        Outcome outcome =
                ask(new Plan(Until.SETTLED, Duration.ofMinutes(2), Duration.ofSeconds(5), few));
        assertThat(outcome.ending()).isInstanceOf(Outcome.Invalid.class);
        assertThat(outcome.attempts().size()).isGreaterThan(1);
    }

    @Test
    void a_new_epoch_is_learnt_and_the_next_attempt_is_signed_under_it() throws Exception {
        relay().then(applied(4));
        isApplied(ask(), 4);
        story.amend(new Contracts(story.members()).perHour(7).version(2));
        relay().drain();
        relay().then(new Turn.Refuses(Fault.EPOCH_CHANGED, 0), applied(5));
        isApplied(ask(), 5);
        assertThat(relay().asked())
                .extracting(asked -> asked.ask().request().epoch())
                .containsExactly(0L, 0L, 1L);
    }

    @Test
    void where_a_certificate_serves_once_each_attempt_has_its_own() throws Exception {
        story = Story.with("\"singleUse\": true");
        relay().then(invalid(Fault.CERTIFICATE_USED, 4), applied(5));
        isApplied(ask(), 5);
        assertThat(needs).extracting(Credentials.Need::use).containsOnly(Credentials.Use.ONCE);
        Digest first = relay().asked().getFirst().ask().request().certificate();
        assertThat(relay().asked().getLast().ask().request().certificate()).isNotEqualTo(first);
        assertThat(needs.getLast().spent()).containsExactly(first);
    }

    @Test
    void an_unknown_flow_is_refused_before_anything_is_asked() throws Exception {
        FlowName unknown =
                new FlowName(Contracts.FLOW.contract(), new org.entente.protocol.Name("nothing"));
        Asking asking = exchanges().asking(story.id(), unknown, ARGUMENTS);
        assertThatThrownBy(() -> exchanges().ask(asking, PLAN))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.problem().fault()).contains(Fault.UNKNOWN_FLOW));
        assertThat(relay().posted()).isEmpty();
    }

    @Test
    void an_answer_about_another_request_is_refused() throws Exception {
        relay().file(
                        "/v1/exchanges",
                        Bytes.utf8(
                                "{\"exchange\":\"%1$s\",\"alliance\":\"%1$s\",\"contract\":\"trade\",\"flow\":\"orders\",\"attempt\":1,\"request\":\"%1$s\",\"state\":\"SETTLED\",\"outcome\":\"APPLIED\",\"serial\":1}"
                                        .formatted(Digest.ZERO)));
        assertThatThrownBy(this::ask).isInstanceOf(Refused.class).hasMessageContaining("answers");
    }

    @Test
    void events_are_heard_until_the_final_one() throws Exception {
        relay().then(applied(4));
        Digest exchange = ask().exchange();
        String asked = relay().status("ASKED", "").asUtf8();
        String settled = relay().status("SETTLED", "\"outcome\":\"APPLIED\",\"serial\":4").asUtf8();
        relay().file(
                        "/v1/exchanges/" + exchange + "/events",
                        Bytes.utf8(
                                ": hello\r\nevent: state\r\ndata: "
                                        + asked
                                        + "\r\n\r\ndata: "
                                        + settled
                                        + "\n\ndata: "
                                        + asked
                                        + "\n\n"));
        List<ExchangeStatus.State> heard = new ArrayList<>();
        Optional<ExchangeStatus> last =
                exchanges().stream(
                        exchange, Duration.ofSeconds(5), status -> heard.add(status.state()));
        assertThat(heard).containsExactly(ExchangeStatus.State.ASKED, ExchangeStatus.State.SETTLED);
        assertThat(last.orElseThrow().serial()).contains(4L);
    }
}
