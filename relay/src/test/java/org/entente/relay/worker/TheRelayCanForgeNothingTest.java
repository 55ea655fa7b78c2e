package org.entente.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.KeyId;
import org.entente.certs.Moment;
import org.entente.certs.Revocations;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Seal;
import org.entente.registry.Agent;
import org.entente.registry.Alliance;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.ChangeEntry;
import org.entente.registry.EpochRecord;
import org.entente.registry.PartyAuthorities;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.entente.relay.Books;
import org.entente.relay.fixture.Issued;
import org.entente.relay.fixture.Story;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogSettings;
import org.entente.relay.pem.RelayIdentity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whoever has the relay's directory and key tries to make what only members can make (protocol.md
/// §2.1).
///
/// What cannot be noticed from a log alone, because nothing that remains contradicts it: a suffix
/// that is cut off, an entry that was never admitted or is left out with all that rests on it,
/// entries that depend on nothing of each other in another order, later times. Seals of a log's
/// root by the alliance's agents notice those; they come with the exchange.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TheRelayCanForgeNothingTest {
    private final Story story = new Story();
    private final Judge judge = new Judge(World.VERIFIER);
    private final Replay auditor = new Replay(World.VERIFIER, Replay.Thoroughness.EVERYTHING);

    private Signer relay = Member.freshSigner();
    private Books books = Books.EMPTY;
    private List<LogRecord> registryLog = List.of();
    private List<LogRecord> allianceLog = List.of();

    /// The relay as an intruder finds it: its key file with its password, its logs.
    @BeforeAll
    void breakIn(@TempDir Path home) throws IOException, InterruptedException, KeyFileUnusable {
        RelayIdentity.create(home, List.of(), Member.CRYPTOGRAPHY, new SecureRandom(), Member.NOW);
        relay = RelayIdentity.read(home, Member.CRYPTOGRAPHY).signer();
        try (Office office = Office.fresh(home.resolve("logs"))) {
            for (SignedChange change : story.changes()) {
                office.accept(change);
            }
            books = office.recorder.books();
            registryLog = records(office.logs.registry());
            allianceLog = records(office.logs.named(story.alliance().toString()).orElseThrow());
        }
    }

    @Test
    void no_identity_certificate() {
        Authorities authorities = story.alpha().generation().authorities();
        NodeId node = new NodeId(story.alpha().id(), new Name("forged"));
        Bytes itsKey = KeyId.of(relay.key());
        Bytes theirKey = authorities.enrolment().keyId();
        assertThat(
                        identity(
                                Issued.identity(node, relay.key(), authorities, itsKey, relay),
                                authorities))
                .isEqualTo(Fault.UNTRUSTED_ISSUER);
        assertThat(
                        identity(
                                Issued.identity(node, relay.key(), authorities, theirKey, relay),
                                authorities))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void no_transaction_certificate() {
        Authorities authorities = story.alpha().generation().authorities();
        Bytes itsKey = KeyId.of(relay.key());
        Bytes theirKey = authorities.transaction().keyId();
        AllianceId alliance = story.alliance();
        assertThat(
                        transaction(
                                Issued.transaction(
                                        alliance, relay.key(), authorities, itsKey, relay),
                                authorities))
                .isEqualTo(Fault.UNTRUSTED_ISSUER);
        assertThat(
                        transaction(
                                Issued.transaction(
                                        alliance, relay.key(), authorities, theirKey, relay),
                                authorities))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void no_organisation_and_no_node_of_one() {
        Registry registry = books.registry();
        Member stranger = new Member("stranger.example");
        Change enrolment = stranger.enrolment().change();
        assertThat(
                        fault(
                                registry.check(
                                        SignedChange.of(
                                                enrolment,
                                                Approval.by(
                                                        new Approver.Root(stranger.id()),
                                                        relay,
                                                        enrolment.digest())),
                                        Member.NOW,
                                        World.VERIFIER)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        NodeId forged = new NodeId(story.alpha().id(), new Name("forged"));
        Authorities authorities = story.alpha().generation().authorities();
        Change node =
                new Change.NodeAdded(
                        Issued.identity(
                                        forged,
                                        relay.key(),
                                        authorities,
                                        authorities.enrolment().keyId(),
                                        relay)
                                .der(),
                        story.alpha().chains(),
                        story.alpha().roles());
        assertThat(
                        fault(
                                registry.check(
                                        SignedChange.of(
                                                node,
                                                Approval.by(
                                                        new Approver.Node(forged),
                                                        relay,
                                                        node.digest())),
                                        Member.NOW,
                                        World.VERIFIER)))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void no_founding_record() {
        Change.RecordProposed proposal = other().proposal();
        Digest subject = proposal.subject();
        List<Approval> own = new ArrayList<>();
        List<Approval> renamed = new ArrayList<>();
        List<Approval> replayed = new ArrayList<>();
        for (Member member : story.members()) {
            Approver root = new Approver.Root(member.id());
            Approval honest = member.byRoot(story.contracts().proposal().subject());
            own.add(Approval.by(root, relay, subject));
            renamed.add(new Approval(root, honest.key(), relay.sign(subject)));
            replayed.add(honest);
        }
        for (List<Approval> approvals : List.of(own, renamed, replayed)) {
            SignedChange forged = SignedChange.of(proposal, approvals.toArray(Approval[]::new));
            assertThat(fault(Alliance.checkFounding(forged, World.VERIFIER)))
                    .isEqualTo(Fault.BAD_SIGNATURE);
            assertThat(fault(books.registry().check(forged, Member.NOW, World.VERIFIER)))
                    .isIn(Fault.BAD_SIGNATURE, Fault.DOUBLY_SIGNED);
        }
        assertThat(fault(Alliance.checkFounding(SignedChange.of(proposal), World.VERIFIER)))
                .isEqualTo(Fault.UNSIGNED);
    }

    @Test
    void no_amendment() {
        Alliance alliance = books.alliances().values().iterator().next();
        EpochRecord zero = story.contracts().record();
        Change.RecordProposed proposal = other().version(2).proposalAfter(zero);
        Digest subject = proposal.subject();
        List<Approval> own = new ArrayList<>();
        List<Approval> replayed = new ArrayList<>();
        for (Member member : story.members()) {
            own.add(Approval.by(new Approver.Node(member.agent()), relay, subject));
            replayed.add(
                    new Approval(
                            new Approver.Node(member.agent()),
                            member.agentKey().key(),
                            agentSignature(member)));
        }
        for (List<Approval> approvals : List.of(own, replayed)) {
            SignedChange forged = SignedChange.of(proposal, approvals.toArray(Approval[]::new));
            assertThat(fault(alliance.check(forged, World.VERIFIER)))
                    .isEqualTo(Fault.BAD_SIGNATURE);
        }
        assertThat(
                        fault(
                                alliance.check(
                                        SignedChange.of(proposal, story.alpha().byAgent(subject)),
                                        World.VERIFIER)))
                .isEqualTo(Fault.WEIGHT_TOO_LOW);
        assertThat(fault(alliance.check(story.pause(0), World.VERIFIER))).isEqualTo(Fault.OUTDATED);
    }

    @Test
    void no_endorsement_and_no_seal() {
        EpochRecord record = story.contracts().record();
        for (Agent agent : record.agents()) {
            Digest endorsement =
                    BatchRoot.ENDORSEMENT.digest(
                            new BatchRoot(story.alliance(), 0, agent.id(), 1, Digest.ZERO));
            Digest seal =
                    Seal.FORMAT.digest(new Seal(story.alliance(), 0, 3, Digest.ZERO, Member.NOW));
            for (Digest subject : List.of(endorsement, seal)) {
                assertThat(World.VERIFIER.verify(agent.key(), subject, relay.sign(subject)))
                        .isFalse();
                assertThat(
                                World.VERIFIER.verify(
                                        agent.key(), subject, agentSignature(story.alpha())))
                        .isFalse();
            }
            assertThat(agent.key()).isNotEqualTo(relay.key());
        }
        assertThat(record.authorities().stream().map(PartyAuthorities::root))
                .noneMatch(root -> root.key().equals(relay.key()));
    }

    @Test
    void no_edited_entry() throws IOException {
        for (int serial = 0; serial < registryLog.size(); serial++) {
            LogRecord honest = registryLog.get(serial);
            for (LogRecord forged : edited(honest)) {
                assertThat(isTaken(with(registryLog, serial, forged), allianceLog))
                        .as("the registry's entry " + serial)
                        .isFalse();
            }
        }
        for (int serial = 0; serial < allianceLog.size(); serial++) {
            for (LogRecord forged : edited(allianceLog.get(serial))) {
                assertThat(isTaken(registryLog, with(allianceLog, serial, forged)))
                        .as("the alliance's entry " + serial)
                        .isFalse();
            }
        }
    }

    /// Unnoticed is only the end of a log: nothing rests on it.
    @Test
    void no_log_without_an_entry_on_which_another_rests() {
        SortedSet<Integer> unnoticed = new TreeSet<>();
        for (int serial = 0; serial < registryLog.size(); serial++) {
            if (isTaken(without(registryLog, serial), allianceLog)) {
                unnoticed.add(serial);
            }
        }
        assertThat(unnoticed).containsExactly(registryLog.size() - 1);
        assertThat(isTaken(registryLog, without(allianceLog, 0))).isFalse();
        assertThat(isTaken(registryLog, without(allianceLog, 1))).isFalse();
        assertThat(isTaken(registryLog, without(allianceLog, 2))).isFalse();
    }

    /// Unnoticed are neighbours of which neither rests on the other: enrolments, chains, agents,
    /// votes, and the wish at the end.
    @Test
    void no_other_order_of_entries_that_rest_on_each_other() {
        SortedSet<Integer> unnoticed = new TreeSet<>();
        for (int serial = 0; serial + 1 < registryLog.size(); serial++) {
            if (isTaken(swapped(registryLog, serial), allianceLog)) {
                unnoticed.add(serial);
            }
        }
        assertThat(unnoticed).containsExactly(0, 1, 2, 3, 4, 7, 10);
        assertThat(isTaken(registryLog, swapped(allianceLog, 0))).isFalse();
        assertThat(isTaken(registryLog, swapped(allianceLog, 1))).isFalse();
    }

    @Test
    void no_entry_of_one_log_in_another() {
        List<LogRecord> more = new ArrayList<>(allianceLog);
        more.add(renumbered(registryLog.getFirst(), more.size()));
        assertThat(isTaken(registryLog, more)).isFalse();
        List<LogRecord> twice = new ArrayList<>(allianceLog);
        twice.add(renumbered(allianceLog.get(1), twice.size()));
        assertThat(isTaken(registryLog, twice)).isFalse();
    }

    /// Real files: checksums and tree are the intruder's own and right.
    @Test
    void no_files_written_anew(@TempDir Path directory) throws Exception {
        Path honest = directory.resolve("honest");
        rewrite(honest, registryLog);
        try (Logs logs = Office.logs(honest, _ -> {})) {
            assertThat(auditor.of(logs).registry().digest()).isEqualTo(books.registry().digest());
        }
        Path forged = directory.resolve("forged");
        rewrite(forged, with(registryLog, 2, edited(registryLog.get(2)).getFirst()));
        try (Logs logs = Office.logs(forged, _ -> {})) {
            assertThat(logs.registry().size()).isEqualTo(registryLog.size());
            assertThatThrownBy(() -> auditor.of(logs))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("serial 2");
        }
    }

    private Contracts other() {
        return new Contracts(story.members()).perHour(7);
    }

    /// Of something else that the member's agent has signed and the relay has seen.
    private static Signature agentSignature(Member member) {
        return member.agentAdded().approvals().list().getFirst().signature();
    }

    private Fault identity(Certificate certificate, Authorities authorities) {
        return fault(
                judge.identity(
                        certificate,
                        List.of(authorities),
                        Revocations.NONE,
                        Moment.now(Member.NOW)));
    }

    private Fault transaction(Certificate certificate, Authorities authorities) {
        return fault(
                judge.transaction(
                        certificate,
                        List.of(authorities),
                        Revocations.NONE,
                        Moment.now(Member.NOW)));
    }

    private boolean isTaken(List<LogRecord> registry, List<LogRecord> alliance) {
        try {
            auditor.of(
                    new Kept(registry),
                    Sorted.with(Sorted.empty(), story.alliance(), new Kept(alliance)));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private record Kept(List<LogRecord> records) implements Replay.Records {
        @Override
        public long size() {
            return records.size();
        }

        @Override
        public LogRecord read(long serial) {
            return records.get((int) serial);
        }
    }

    /// One byte of the change, then one of its approvals, is another; the entry fits again. An
    /// approval carries itself, so its own list is empty.
    private static List<LogRecord> edited(LogRecord honest) throws IOException {
        List<LogRecord> forged = new ArrayList<>();
        for (int tenth = 3; tenth < 10; tenth++) {
            forged.add(
                    fitting(
                            honest,
                            flipped(honest.content(), honest.content().size() * tenth / 10),
                            honest.evidence()));
            forged.add(
                    fitting(
                            honest,
                            honest.content(),
                            flipped(honest.evidence(), honest.evidence().size() * tenth / 10)));
        }
        forged.add(
                fitting(
                        honest,
                        flipped(honest.content(), honest.content().size() - 1),
                        honest.evidence()));
        forged.add(
                fitting(
                        honest,
                        honest.content(),
                        flipped(honest.evidence(), honest.evidence().size() - 1)));
        return forged;
    }

    private static Bytes flipped(Bytes honest, int index) {
        byte[] bytes = honest.toArray();
        bytes[index] ^= 1;
        return Bytes.copyOf(bytes);
    }

    private static LogRecord fitting(LogRecord honest, Bytes change, Bytes approvals) {
        Entry entry = Entry.FORMAT.decode(honest.entry()).orThrow();
        return new LogRecord(
                Entry.FORMAT.encode(
                        new Entry(
                                entry.serial(),
                                entry.kind(),
                                Digest.of(change),
                                Digest.of(approvals),
                                entry.outcome(),
                                entry.fault(),
                                entry.time())),
                change,
                approvals);
    }

    private static LogRecord renumbered(LogRecord honest, long serial) {
        SignedChange change = SignedChange.parse(honest.content(), honest.evidence()).orThrow();
        Entry entry = Entry.FORMAT.decode(honest.entry()).orThrow();
        return new LogRecord(
                Entry.FORMAT.encode(new ChangeEntry(serial, entry.time(), change).entry()),
                honest.content(),
                honest.evidence());
    }

    private static List<LogRecord> with(List<LogRecord> log, int serial, LogRecord record) {
        List<LogRecord> forged = new ArrayList<>(log);
        forged.set(serial, record);
        return forged;
    }

    private static List<LogRecord> without(List<LogRecord> log, int serial) {
        List<LogRecord> forged = new ArrayList<>(log.subList(0, serial));
        for (LogRecord later : log.subList(serial + 1, log.size())) {
            forged.add(renumbered(later, forged.size()));
        }
        return forged;
    }

    private static List<LogRecord> swapped(List<LogRecord> log, int serial) {
        List<LogRecord> forged = new ArrayList<>(log);
        forged.set(serial, renumbered(log.get(serial + 1), serial));
        forged.set(serial + 1, renumbered(log.get(serial), serial + 1L));
        return forged;
    }

    private void rewrite(Path folder, List<LogRecord> registry) throws Exception {
        Logs.create(folder, Office.ID, LogSettings.SMALL);
        try (Logs logs = Office.logs(folder, _ -> {})) {
            for (LogRecord record : registry) {
                logs.registry().append(_ -> Optional.of(record));
            }
            for (LogRecord record : allianceLog) {
                logs.allianceLog(story.alliance()).append(_ -> Optional.of(record));
            }
        }
    }

    private static List<LogRecord> records(Log log) {
        try (var records = log.stream(0, log.size())) {
            return records.toList();
        }
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
