package org.entente.registry.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;
import org.entente.registry.journal.EntryCursor;
import org.entente.registry.journal.EntryFilter;
import org.entente.registry.journal.EntryPage;
import org.entente.registry.journal.EntryRow;
import org.entente.registry.journal.RegistryView;
import org.entente.registry.journal.ViewDamaged;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// The entries of all logs, searched in the database view (docs/view.md §5).
public final class EntryRoutes {
    private static final List<String> PARAMETERS =
            List.of("kind", "organisation", "alliance", "since", "until", "before", "limit");

    private final Supplier<Optional<RegistryView>> view;

    /// @param view empty while it cannot be used
    public EntryRoutes(Supplier<Optional<RegistryView>> view) {
        this.view = view;
    }

    record Found(List<Line> entries, Optional<String> next) {}

    record Line(
            String log,
            long serial,
            String kind,
            Digest change,
            SortedSet<OrganisationId> organisations,
            Optional<AllianceId> alliance,
            String time) {
        static Line of(EntryRow row) {
            return new Line(
                    row.log(),
                    row.serial(),
                    row.kind(),
                    row.change(),
                    row.organisations(),
                    row.alliance(),
                    row.time().toString());
        }
    }

    /// What was asked for, each value of a form that the view takes.
    private record Question(EntryFilter filter, Optional<EntryCursor> before, int limit) {}

    public Routes routes() {
        return Routes.none().get("/v1/entries", Answers.json(Found.class, this::entries));
    }

    Reply entries(Request request) throws SQLException, ViewDamaged {
        Optional<RegistryView> now = view.get();
        if (now.isEmpty()) {
            return Reply.problem(
                    Verdict.rejected(Fault.OVERLOADED, "the view is being brought forward"));
        }
        Question question;
        try {
            question = question(request);
        } catch (IllegalArgumentException e) {
            return Reply.problem(
                    Verdict.rejected(Fault.INVALID_VALUE, String.valueOf(e.getMessage())));
        }
        EntryPage page = now.get().entries(question.filter(), question.before(), question.limit());
        return Reply.json(
                new Found(
                        page.entries().stream().map(Line::of).toList(),
                        page.next().map(EntryCursor::toString)));
    }

    private static Question question(Request request) {
        for (String name : request.query().keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no parameter " + name + "; there are " + PARAMETERS);
            }
        }
        return new Question(
                new EntryFilter(
                        queried(request, "kind", EntryRoutes::kind),
                        queried(request, "organisation", OrganisationId::new),
                        queried(request, "alliance", AllianceId::fromHex),
                        queried(request, "since", EntryRoutes::time),
                        queried(request, "until", EntryRoutes::time)),
                queried(request, "before", EntryCursor::parse),
                queried(request, "limit", EntryRoutes::limit).orElse(EntryPage.SIZE_DEFAULT));
    }

    private static <T> Optional<T> queried(
            Request request, String name, Function<String, T> parse) {
        return request.queried(name).filter(text -> !text.isEmpty()).map(parse);
    }

    private static String kind(String text) {
        if (!text.matches("[A-Za-z]{1,64}")) {
            throw new IllegalArgumentException("kind is a word such as NodeAdded");
        }
        return text;
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)) {
                throw new IllegalArgumentException("no entry is older than 1970: " + text);
            }
            return time;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time is written 2026-11-21T10:30:15Z, not " + text, e);
        }
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,4}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > EntryPage.SIZE_MAX) {
            throw new IllegalArgumentException(
                    "limit is 1 to " + EntryPage.SIZE_MAX + ", not " + text);
        }
        return Integer.parseInt(text);
    }
}
