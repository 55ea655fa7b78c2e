package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.identifier.Description;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.IdentifierRecord;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.chain.industrial.register.identifier.Level;
import org.entente.chain.industrial.register.identifier.Prefix;
import org.entente.chain.industrial.register.identifier.Resolve;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// Who belongs, what things are called and whose they are.
public final class NamesTest {
    public static final Prefix PREFIX = new Prefix("88.118.2023");
    public static final Identifier PRESS = new Identifier("88.118.2023/CH-21091301");
    private final Town town = Town.peopled();

    public static Description described(Level level, OrganisationId... readers) {
        return new Description(
                new Name("press"),
                List.of("https://press.example/things"),
                "88.118.2023/CH-21091301/pressure",
                Optional.of(Digest.ZERO),
                level,
                Sorted.copyOf(List.of(readers)));
    }

    public static void registered(Town town) {
        town.done(
                town.owner,
                new IdentifierDeed.Allocate(PREFIX, town.press.id(), "https://press.example"));
        town.done(
                town.press.account(), new IdentifierDeed.Register(PRESS, described(Level.PUBLIC)));
    }

    private IdentifierRecord record() {
        return new Identifiers(town.records()).find(PRESS).orElseThrow();
    }

    private void refused(Fault fault, Signer by, Deed deed) {
        assertThat(town.refused(by, deed)).as(deed.toString()).contains(fault);
    }

    @Test
    void an_organisation_belongs_by_the_owners_word_and_changes_itself_but_for_its_role() {
        Firm late = new Firm("late.example", Town.BEGIN);
        OrganisationDeed enrol = Town.enrol(late, Organisation.Role.MEMBER);
        refused(Fault.NOT_YOURS, town.press.account(), enrol);
        refused(Fault.NOT_YOURS, town.stranger, new OrganisationDeed.Strike(town.press.id()));
        refused(
                Fault.ALREADY_EXISTS,
                town.owner,
                Town.enrol(town.press, Organisation.Role.AUDITOR));
        refused(
                Fault.UNKNOWN_ORGANISATION,
                town.owner,
                new OrganisationDeed.Change(late.as(Organisation.Role.MEMBER)));
        Organisation press = town.press.as(Organisation.Role.MEMBER);
        refused(
                Fault.NOT_YOURS,
                town.press.account(),
                new OrganisationDeed.Change(town.press.as(Organisation.Role.AUDITOR)));
        refused(Fault.NOT_YOURS, town.mill.account(), new OrganisationDeed.Change(press));
        refused(
                Fault.ALREADY_EXISTS,
                town.press.account(),
                new OrganisationDeed.Change(
                        new Organisation(
                                press.id(),
                                press.role(),
                                Sorted.copyOf(List.of(town.mill.account().key())),
                                press.authorities())));
        refused(
                Fault.FOREIGN_TRUST_DOMAIN,
                town.press.account(),
                new OrganisationDeed.Change(
                        new Organisation(
                                press.id(),
                                press.role(),
                                press.accounts(),
                                town.mill.as(Organisation.Role.MEMBER).authorities())));

        Signer next = Firm.signer();
        town.done(
                town.press.account(),
                new OrganisationDeed.Change(
                        new Organisation(
                                press.id(),
                                press.role(),
                                Sorted.copyOf(List.of(next.key())),
                                List.of())));
        Organisations after = new Organisations(town.records());
        assertThat(after.of(next.key())).contains(press.id());
        assertThat(after.of(town.press.account().key())).isEmpty();
        town.done(town.owner, new OrganisationDeed.Strike(press.id()));
        assertThat(new Organisations(town.records()).named(press.id())).isEmpty();
        assertThat(new Organisations(town.records()).of(next.key())).isEmpty();
    }

    @Test
    void a_name_is_registered_under_the_prefix_of_its_organisation_alone() {
        IdentifierDeed register = new IdentifierDeed.Register(PRESS, described(Level.PUBLIC));
        refused(Fault.NOT_FOUND, town.press.account(), register);
        refused(
                Fault.NOT_YOURS,
                town.press.account(),
                new IdentifierDeed.Allocate(PREFIX, town.press.id(), ""));
        refused(
                Fault.UNKNOWN_ORGANISATION,
                town.owner,
                new IdentifierDeed.Allocate(PREFIX, new OrganisationId("no.example"), ""));
        registered(town);
        refused(
                Fault.ALREADY_EXISTS,
                town.owner,
                new IdentifierDeed.Allocate(PREFIX, town.mill.id(), ""));
        refused(Fault.NOT_YOURS, town.mill.account(), register);
        refused(Fault.ALREADY_EXISTS, town.press.account(), register);
        assertThat(record().owner()).isEqualTo(town.press.id());
        assertThat(
                        town.perform(
                                town.press.account(),
                                new Action.Call(
                                        Identifiers.REGISTER,
                                        "retire",
                                        IdentifierDeed.FORMAT.encode(register),
                                        Optional.empty())))
                .contains(Fault.INVALID_VALUE);
        assertThat(
                        town.perform(
                                town.press.account(),
                                new Action.Call(
                                        Identifiers.REGISTER,
                                        "retire",
                                        Bytes.utf8("nothing"),
                                        Optional.empty())))
                .contains(Fault.MALFORMED);
        assertThat(
                        town.perform(
                                town.press.account(),
                                new Action.Call(
                                        Identifiers.REGISTER,
                                        "fly",
                                        Bytes.EMPTY,
                                        Optional.empty())))
                .contains(Fault.NOT_FOUND);
    }

    @Test
    void both_owners_have_to_sign_a_transfer_of_exactly_this_version() {
        registered(town);
        refused(Fault.WRONG_STATE, town.mill.account(), new IdentifierDeed.Accept(PRESS, 1));
        refused(
                Fault.NOT_YOURS,
                town.mill.account(),
                new IdentifierDeed.Offer(PRESS, town.mill.id()));
        refused(
                Fault.INVALID_VALUE,
                town.press.account(),
                new IdentifierDeed.Offer(PRESS, town.press.id()));
        refused(Fault.WRONG_STATE, town.press.account(), new IdentifierDeed.Keep(PRESS));
        town.done(town.press.account(), new IdentifierDeed.Offer(PRESS, town.mill.id()));
        refused(Fault.NOT_YOURS, town.audit.account(), new IdentifierDeed.Accept(PRESS, 2));
        refused(Fault.STALE_READ, town.mill.account(), new IdentifierDeed.Accept(PRESS, 1));
        town.done(town.press.account(), new IdentifierDeed.Keep(PRESS));
        refused(Fault.WRONG_STATE, town.mill.account(), new IdentifierDeed.Accept(PRESS, 3));
        town.done(town.press.account(), new IdentifierDeed.Offer(PRESS, town.mill.id()));
        town.done(town.mill.account(), new IdentifierDeed.Accept(PRESS, 4));
        assertThat(record().owner()).isEqualTo(town.mill.id());
        refused(Fault.NOT_YOURS, town.press.account(), new IdentifierDeed.Retire(PRESS));
    }

    @Test
    void every_version_stays_and_what_is_retired_is_never_used_again() {
        registered(town);
        Description next = described(Level.GRANTED, town.mill.id());
        refused(
                Fault.STALE_READ,
                town.press.account(),
                new IdentifierDeed.Describe(PRESS, 3, next));
        town.done(town.press.account(), new IdentifierDeed.Describe(PRESS, 2, next));
        town.done(town.press.account(), new IdentifierDeed.Retire(PRESS));
        refused(
                Fault.WRONG_STATE,
                town.press.account(),
                new IdentifierDeed.Describe(PRESS, 4, next));
        refused(
                Fault.ALREADY_EXISTS,
                town.press.account(),
                new IdentifierDeed.Register(PRESS, next));
        assertThat(new Identifiers(town.records()).history(PRESS))
                .extracting(IdentifierRecord::version)
                .containsExactly(3, 2, 1);
    }

    @Test
    void a_record_and_its_versions_are_proved_by_the_state_root() {
        registered(town);
        for (Bytes key : List.of(Identifiers.place(PRESS), Identifiers.place(PRESS, 1))) {
            StateKey place = StateKey.store(Identifiers.REGISTER, key);
            Optional<StateLeaf> leaf =
                    town.ledger()
                            .state()
                            .prove(place)
                            .verify(place, town.ledger().head().header().stateRoot())
                            .orThrow();
            assertThat(leaf.flatMap(StateLeaf::value))
                    .contains(IdentifierRecord.FORMAT.digest(record()));
        }
    }

    @Test
    void where_it_leads_is_told_by_its_level_to_who_signs() {
        registered(town);
        IdentifierRecord open = record();
        assertThat(Identifiers.tells(open, Optional.empty())).isTrue();
        town.done(
                town.press.account(),
                new IdentifierDeed.Describe(PRESS, 2, described(Level.MEMBERS)));
        assertThat(Identifiers.tells(record(), Optional.empty())).isFalse();
        assertThat(Identifiers.tells(record(), Optional.of(town.audit.id()))).isTrue();
        town.done(
                town.press.account(),
                new IdentifierDeed.Describe(PRESS, 3, described(Level.GRANTED, town.mill.id())));
        assertThat(Identifiers.tells(record(), Optional.of(town.audit.id()))).isFalse();
        assertThat(Identifiers.tells(record(), Optional.of(town.mill.id()))).isTrue();
        assertThat(Identifiers.tells(record(), Optional.of(town.press.id()))).isTrue();
    }

    @Test
    void a_question_is_of_one_chain_and_one_minute_and_signed() {
        Resolve asked = Resolve.by(town.mill.account(), Town.CHAIN, PRESS, Town.BEGIN);
        assertThat(asked.check(Town.CHAIN, Town.BEGIN.plusSeconds(60), Town.VERIFIER))
                .isEqualTo(Verdict.accepted());
        assertThat(fault(asked.check(Town.CHAIN, Town.BEGIN.plusSeconds(61), Town.VERIFIER)))
                .isEqualTo(Fault.REQUEST_EXPIRED);
        assertThat(fault(asked.check(new ChainId("icb:other"), Town.BEGIN, Town.VERIFIER)))
                .isEqualTo(Fault.WRONG_CHAIN);
        Resolve other =
                new Resolve(
                        Town.CHAIN,
                        new Identifier("88.118.2023/another"),
                        asked.account(),
                        asked.time(),
                        asked.signature());
        assertThat(fault(other.check(Town.CHAIN, Town.BEGIN, Town.VERIFIER)))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    private static Fault fault(Verdict verdict) {
        return ((Verdict.Rejected) verdict).fault();
    }

    @Test
    void nothing_else_is_an_identifier() {
        for (String text :
                List.of(
                        "88.118.2023",
                        "88.118.2023/",
                        "89.118.2023/a",
                        "88..2023/a",
                        "88.11111.2023/a",
                        "88.118.12345678901/a",
                        "88.118.2023/a/b",
                        "88.118.2023/a b",
                        "88.118.2023/ä",
                        "88.118.2023/" + "a".repeat(65),
                        " 88.118.2023/a",
                        "88.118.2023/a\n")) {
            assertThatThrownBy(() -> new Identifier(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Identifier("88.1.1/" + "a".repeat(64)).prefix())
                .isEqualTo(new Prefix("88.1.1"));
    }
}
