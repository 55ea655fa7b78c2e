package org.entente.chain.industrial.http;

import org.entente.chain.http.Asked;
import org.entente.chain.http.Feed;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.register.alert.Subscription;
import org.entente.chain.industrial.register.alert.Subscriptions;
import org.entente.chain.industrial.store.LocalAlerts;
import org.entente.chain.industrial.worker.AlertBook;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What there is to hear of: asked for, waited for, or as events
/// (docs/chains/industrial-registers.md §6.4, §6.5).
public final class AlertRoutes {
    private static final int PAGE_COUNT_MAX = 256;
    private static final int WAIT_SECONDS_MAX = 30;

    private final Served chain;
    private final AlertBook book;
    private final LocalAlerts local;

    public AlertRoutes(Served chain, AlertBook book, LocalAlerts local) {
        this.chain = chain;
        this.book = book;
        this.local = local;
    }

    /// @param id the same on every node; whoever hears of one twice knows it by that
    record AlertView(
            long number,
            String id,
            AlertType type,
            String time,
            Optional<OrganisationId> organisation,
            String subject,
            Optional<Long> level,
            String detail) {
        static AlertView of(long number, String id, Alert alert) {
            return new AlertView(
                    number,
                    id,
                    alert.type(),
                    alert.time().toString(),
                    alert.organisation(),
                    alert.subject(),
                    alert.level(),
                    alert.detail());
        }

        static AlertView of(AlertBook.Numbered each) {
            return of(each.number(), each.alert().place().toString(), each.alert());
        }
    }

    /// @param next what to ask for behind
    record AlertsView(List<AlertView> alerts, long next, long height) {}

    /// What is asked for.
    private record Asking(Filter filter, long from) {}

    public Routes routes() {
        return Routes.none()
                .get("/v1/alerts", Answers.json(AlertsView.class, this::page))
                .get("/v1/alerts/local", Answers.json(AlertsView.class, this::found))
                .get(
                        "/v1/alerts/subscriptions/{id}",
                        Answers.json(AlertsView.class, this::subscribed));
    }

    /// The same as they come.
    public Feed feed() {
        return new Told(book);
    }

    Reply page(Request request) throws IOException {
        return answer(request, filter(request).map(filter -> new Asking(filter, 0)));
    }

    Reply subscribed(Request request) throws IOException {
        return answer(
                request,
                Asked.digest(request.parameter("id"))
                        .then(this::subscription)
                        .map(it -> new Asking(it.filter(), it.from())));
    }

    private Parsed<Subscription> subscription(Digest id) {
        return new Subscriptions(Records.of(chain.last().state()))
                .find(id)
                .map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Fault.NOT_FOUND, "no subscription is " + id));
    }

    private Reply answer(Request request, Parsed<Asking> asking) throws IOException {
        Parsed<Long> after = number(request, "after");
        Parsed<Long> wait = number(request, "wait");
        return switch (asking.then(it -> after.then(_ -> wait).map(_ -> it))) {
            case Parsed.Refused<Asking>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Asking>(Asking it) when after.orThrow() < book.first() - 1 ->
                    Reply.problem(
                            Verdict.rejected(
                                    Fault.NOT_FOUND,
                                    "alerts are here from number %d on, not behind %d"
                                            .formatted(book.first(), after.orThrow())));
            case Parsed.Value<Asking>(Asking it) ->
                    Reply.json(view(await(after.orThrow(), wait.orThrow(), it)));
        };
    }

    /// Long polling: as soon as something comes that is wanted, or when the time is over.
    private AlertBook.Page await(long after, long seconds, Asking asking) throws IOException {
        long end =
                System.nanoTime()
                        + Duration.ofSeconds(Math.min(seconds, WAIT_SECONDS_MAX)).toNanos();
        AlertBook.Page page = book.page(after, asking.filter, asking.from, PAGE_COUNT_MAX);
        try {
            while (page.alerts().isEmpty() && System.nanoTime() < end && !book.isClosed()) {
                book.await(page.next(), Duration.ofNanos(end - System.nanoTime()));
                page = book.page(page.next(), asking.filter, asking.from, PAGE_COUNT_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the process is stopping", e);
        }
        return page;
    }

    private static AlertsView view(AlertBook.Page page) {
        return new AlertsView(
                page.alerts().stream().map(AlertView::of).toList(), page.next(), page.height());
    }

    Reply found(Request request) throws IOException {
        return switch (number(request, "after")) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long after) -> {
                int from = Math.toIntExact(Math.min(after, local.count()));
                List<AlertView> views = new ArrayList<>();
                for (Alert alert : local.from(from, PAGE_COUNT_MAX)) {
                    long number = from + views.size() + 1L;
                    views.add(AlertView.of(number, "local." + number, alert));
                }
                yield Reply.json(
                        new AlertsView(views, from + (long) views.size(), chain.last().height()));
            }
        };
    }

    private static Parsed<Long> number(Request request, String name) {
        return Asked.number(request.queried(name).orElse("0"));
    }

    private static Parsed<Filter> filter(Request request) {
        Parsed<Optional<Long>> levelMax =
                request.queried("levelMax")
                        .map(text -> Asked.number(text).map(Optional::of))
                        .orElseGet(() -> Parsed.of(Optional.empty()));
        return levelMax.then(level ->
                Asked.made(
                        request.queried("type").orElse(""),
                        types ->
                                new Filter(
                                        Sorted.copyOf(types(types)),
                                        request.queried("organisation").map(OrganisationId::new),
                                        request.queried("subject").orElse(""),
                                        level)));
    }

    private static List<AlertType> types(String text) {
        List<AlertType> types = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String each : text.split(",", -1)) {
                types.add(AlertType.valueOf(each));
            }
        }
        return types;
    }

    /// The book as events.
    private record Told(AlertBook book) implements Feed {
        @Override
        public long next() {
            return book.next();
        }

        @Override
        public long first() {
            return book.first();
        }

        @Override
        public Optional<Feed.Told> await(long number, Duration timeMax)
                throws InterruptedException {
            book.await(number - 1, timeMax);
            return book.find(number)
                    .map(alert ->
                            new Feed.Told(
                                    "alert", AlertView.of(new AlertBook.Numbered(number, alert))));
        }

        @Override
        public boolean isClosed() {
            return book.isClosed();
        }
    }
}
