package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.register.alert.Subscriptions;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// Who hears of what.
final class AlertsTest {
    private static final OrganisationId PRESS = new OrganisationId("press.example");
    private static final Alert LOW =
            new Alert(
                    AlertType.REPUTATION_LOW,
                    new Alert.Place(7, 2, 0),
                    Town.BEGIN,
                    Optional.of(PRESS),
                    "a member",
                    Optional.of(250L),
                    "from 310 to 250 points");

    private static Filter filter(
            List<AlertType> types,
            Optional<OrganisationId> of,
            String subject,
            Optional<Long> most) {
        return new Filter(Sorted.copyOf(types), of, subject, most);
    }

    @Test
    void a_filter_lets_through_what_all_of_it_lets_through() {
        Optional<OrganisationId> any = Optional.empty();
        assertThat(Filter.ALL.passes(LOW)).isTrue();
        assertThat(
                        filter(
                                        List.of(AlertType.REPUTATION_LOW),
                                        Optional.of(PRESS),
                                        "a member",
                                        Optional.of(250L))
                                .passes(LOW))
                .isTrue();
        assertThat(filter(List.of(AlertType.VIEW_CHANGE), any, "", Optional.empty()).passes(LOW))
                .isFalse();
        assertThat(
                        filter(
                                        List.of(),
                                        Optional.of(new OrganisationId("mill.example")),
                                        "",
                                        Optional.empty())
                                .passes(LOW))
                .isFalse();
        assertThat(filter(List.of(), any, "another", Optional.empty()).passes(LOW)).isFalse();
        assertThat(filter(List.of(), any, "", Optional.of(249L)).passes(LOW)).isFalse();
    }

    @Test
    void an_account_subscribes_so_often_and_ends_its_own_alone() {
        Town town = new Town();
        Digest first = subscribe(town);
        for (int count = 1; count < Subscriptions.COUNT_MAX; count++) {
            subscribe(town);
        }
        AlertDeed more = new AlertDeed.Subscribe(Filter.ALL, 0);
        assertThat(town.refused(town.stranger, more)).contains(Fault.QUOTA_SPENT);
        AlertDeed end = new AlertDeed.Unsubscribe(first);
        assertThat(town.refused(town.owner, end)).contains(Fault.NOT_YOURS);
        town.done(town.stranger, end);
        assertThat(town.refused(town.stranger, end)).contains(Fault.NOT_FOUND);
        assertThat(new Subscriptions(town.records()).find(first)).isEmpty();
        subscribe(town);
    }

    private static Digest subscribe(Town town) {
        return new Digest(
                town.done(town.stranger, new AlertDeed.Subscribe(Filter.ALL, 3)).output());
    }
}
