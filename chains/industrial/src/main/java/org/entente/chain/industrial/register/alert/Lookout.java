package org.entente.chain.industrial.register.alert;

import org.entente.certs.Certificate;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Answer;
import org.entente.chain.execution.Governance;
import org.entente.chain.industrial.Kept;
import org.entente.chain.industrial.Reckoning;
import org.entente.chain.industrial.Repute;
import org.entente.chain.industrial.Table;
import org.entente.chain.industrial.Words;
import org.entente.chain.industrial.register.Organisation;
import org.entente.chain.industrial.register.OrganisationDeed;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.device.Missing;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Final blocks, one after the other → what there is to hear of. It follows from the blocks alone:
/// of the consensus it replays what its own transactions did, of the registers what the calls said,
/// so it needs no state and is the same on every node (docs/chains/industrial-registers.md §6.2).
/// Used by one thread.
public final class Lookout {
    /// What is final was verified before it became so.
    private static final Verifier BELIEVING = (_, _, _) -> true;

    /// Refusals of a report that say something about the device, not about who carries it.
    private static final List<Fault> DISBELIEF =
            List.of(
                    Fault.DEVICE_INACTIVE,
                    Fault.UNTRUSTED_ISSUER,
                    Fault.UNBOUND,
                    Fault.CERTIFICATE_REVOKED,
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    Fault.CERTIFICATE_EXPIRED,
                    Fault.FOREIGN_TRUST_DOMAIN,
                    Fault.BAD_SIGNATURE);

    private static final int LOW = 300;
    private static final int STEP = 100;

    private final Reckoning reckoning;
    private final Alarm alarm = new Alarm();
    private final TreeMap<VerifyingKey, OrganisationId> accounts = new TreeMap<>();
    private State system;
    private long height;

    public Lookout(Genesis genesis) {
        this.reckoning = Reckoning.of(genesis, BELIEVING).orThrow();
        Draft draft = new Draft(State.EMPTY);
        reckoning.begin(genesis, draft);
        this.system = State.EMPTY.with(draft.written());
    }

    /// The height of the last block that it took.
    public long height() {
        return height;
    }

    /// What there is to hear of a block, which must be the next one.
    public List<Alert> on(Block block) {
        if (block.header().height() != height + 1) {
            throw new IllegalStateException(
                    "block " + block.header().height() + " behind " + height);
        }
        height++;
        Heard heard = new Heard(block);
        for (int index = 0; index < block.transactions().size(); index++) {
            heard.take(
                    index,
                    block.transactions().get(index).transaction(),
                    block.receipts().get(index));
        }
        heard.end();
        return List.copyOf(heard.alerts);
    }

    /// One block.
    private final class Heard {
        private final Block block;
        private final Instant time;
        private final Draft draft = new Draft(system);
        private final List<Alert> alerts = new ArrayList<>();
        private int index;
        private int number;

        private Heard(Block block) {
            this.block = block;
            this.time = block.header().time();
        }

        private void take(int at, Transaction transaction, Receipt receipt) {
            index = at;
            number = 0;
            boolean done = receipt.status() == Receipt.Status.DONE;
            switch (transaction.action()) {
                case Action.Govern(Bytes words) when done -> govern(transaction, words);
                case Action.Call call when done -> done(call, transaction.account(), receipt);
                case Action.Call call -> failed(call, transaction.account(), receipt);
                case Action.Bring bring -> brought(bring, receipt);
                case Action.Put _,
                        Action.Delete _,
                        Action.Admit _,
                        Action.Expel _,
                        Action.Found _,
                        Action.Close _,
                        Action.Open _,
                        Action.Govern _,
                        Action.Agree _,
                        Action.Fulfil _,
                        Action.Withdraw _ -> {}
            }
        }

        private Governance.Moment moment() {
            return new Governance.Moment(
                    new Position(block.header().height(), index),
                    time,
                    block.header().creator(),
                    block.header().previous());
        }

        private void govern(Transaction transaction, Bytes bytes) {
            reckoning.perform(transaction, bytes, draft, moment()).orThrow();
            if (Words.FORMAT.decode(bytes).orThrow() instanceof Words.Evidence evidence) {
                evidence.certificate()
                        .filter(it -> it.turn().view() > 0)
                        .ifPresent(it ->
                                tell(
                                        AlertType.VIEW_CHANGE,
                                        Optional.empty(),
                                        "block " + it.turn().height(),
                                        Optional.of((long) it.turn().view()),
                                        "agreed on in view " + it.turn().view()));
            }
        }

        private void done(Action.Call call, VerifyingKey by, Receipt receipt) {
            if (call.contract().equals(Organisations.REGISTER)) {
                organised(OrganisationDeed.FORMAT.decode(call.arguments()).orThrow());
            } else if (call.contract().equals(Identifiers.REGISTER)) {
                identified(IdentifierDeed.FORMAT.decode(call.arguments()).orThrow(), by);
            } else if (call.contract().equals(Devices.REGISTER)) {
                device(DeviceDeed.FORMAT.decode(call.arguments()).orThrow(), by);
            }
            Answer.FORMAT.decode(receipt.result()).orThrow().events().stream()
                    .filter(event -> event.topic().equals(Missing.TOPIC))
                    .filter(_ -> call.contract().equals(Devices.REGISTER))
                    .map(event -> Missing.FORMAT.decode(event.data()).orThrow())
                    .forEach(missing ->
                            tell(
                                    AlertType.SERIES_GAP,
                                    organisation(missing.device()),
                                    missing.device().text(),
                                    Optional.of(missing.count()),
                                    "series %s: batches %d to %d are missing"
                                            .formatted(
                                                    missing.series(),
                                                    missing.from(),
                                                    missing.from() + missing.count() - 1)));
        }

        private void organised(OrganisationDeed deed) {
            switch (deed) {
                case OrganisationDeed.Enrol(Organisation it) -> organised(it);
                case OrganisationDeed.Change(Organisation it) -> organised(it);
                case OrganisationDeed.Strike(OrganisationId id) ->
                        accounts.values().removeIf(id::equals);
            }
        }

        private void organised(Organisation organisation) {
            accounts.values().removeIf(organisation.id()::equals);
            organisation.accounts().forEach(each -> accounts.put(each, organisation.id()));
        }

        private void identified(IdentifierDeed deed, VerifyingKey by) {
            if (deed instanceof IdentifierDeed.Accept(Identifier identifier, _)) {
                alarm.find(identifier)
                        .ifPresent(it -> alarm.known(identifier, it.of(organisation(by))));
            }
        }

        private void device(DeviceDeed deed, VerifyingKey by) {
            Identifier device = deed.device();
            switch (deed) {
                case DeviceDeed.Apply(_, Profile profile) ->
                        alarm.known(
                                device,
                                watched(organisation(by), profile, Alarm.Voice.NOT_AWAITED));
                case DeviceDeed.Describe(_, _, Profile profile) ->
                        alarm.find(device).ifPresent(before -> described(device, before, profile));
                case DeviceDeed.Certify(_, Bytes der) -> {
                    Certificate certificate = Certificate.parse(der).orThrow();
                    alarm.certified(device, certificate.digest(), certificate.notAfter());
                }
                case DeviceDeed.Activate _ -> alarm.awaited(device, time);
                case DeviceDeed.Suspend _, DeviceDeed.Revoke _ -> alarm.ignored(device);
                case DeviceDeed.Withdraw(_, Digest certificate, _) -> alarm.withdrawn(certificate);
                case DeviceDeed.Tell _ -> alarm.heard(device, time);
            }
        }

        private static Alarm.Watched watched(
                Optional<OrganisationId> organisation, Profile profile, Alarm.Voice voice) {
            return new Alarm.Watched(
                    organisation, profile.silenceMax(), profile.from(), profile.to(), voice);
        }

        private void described(Identifier device, Alarm.Watched before, Profile profile) {
            alarm.known(device, watched(before.organisation(), profile, Alarm.Voice.NOT_AWAITED));
            if (before.voice() != Alarm.Voice.NOT_AWAITED) {
                alarm.awaited(device, time);
            }
        }

        private void failed(Action.Call call, VerifyingKey by, Receipt receipt) {
            Fault fault = Fault.numbered(receipt.fault()).orElseThrow();
            Optional<Report> report =
                    call.contract().equals(Devices.REGISTER) && DISBELIEF.contains(fault)
                            ? report(call)
                            : Optional.empty();
            if (report.isPresent()) {
                tell(
                        AlertType.DEVICE_REFUSED,
                        organisation(report.get().device()).or(() -> organisation(by)),
                        report.get().device().text(),
                        Optional.empty(),
                        "%s: batch %d of %s"
                                .formatted(fault, report.get().number(), report.get().series()));
            } else {
                tell(
                        AlertType.CONTRACT_ABORTED,
                        organisation(by),
                        call.contract().text(),
                        Optional.empty(),
                        fault + ": " + call.method() + " by " + by);
            }
        }

        private static Optional<Report> report(Action.Call call) {
            return DeviceDeed.FORMAT.decode(call.arguments())
                            instanceof
                            Parsed.Value<DeviceDeed>(DeviceDeed.Tell(Report report, var _))
                    ? Optional.of(report)
                    : Optional.empty();
        }

        private void brought(Action.Bring bring, Receipt receipt) {
            int fault =
                    receipt.status() == Receipt.Status.FAILED
                            ? receipt.fault()
                            : bring.kind() == Action.Notice.DELIVERY
                                    ? Settlement.FORMAT.decode(receipt.result()).orThrow().fault()
                                    : 0;
            if (fault != 0) {
                tell(
                        AlertType.EXCHANGE_INVALID,
                        Optional.empty(),
                        bring.inbox(),
                        Optional.empty(),
                        Fault.numbered(fault).orElseThrow() + ": " + bring.kind());
            }
        }

        private void end() {
            index = block.transactions().size();
            number = 0;
            reckoning.close(draft, moment());
            Table before = Kept.table(system);
            system = system.with(draft.written());
            Kept.table(system)
                    .members()
                    .forEach((member, repute) -> member(member, before.of(member), repute));
            alarm.ring(time).forEach(this::rung);
        }

        private void member(VerifyingKey member, Repute before, Repute after) {
            Optional<Long> points = Optional.of((long) after.points());
            String subject = member.toString();
            if (after.offline() && !before.offline()) {
                tell(
                        AlertType.NODE_OFFLINE,
                        organisation(member),
                        subject,
                        points,
                        "its commits or its heartbeat were missing");
            }
            if (after.banned() && !before.banned()) {
                tell(
                        AlertType.NODE_BANNED,
                        organisation(member),
                        subject,
                        points,
                        "it contradicted itself");
            }
            if (step(after) < step(before)) {
                tell(
                        AlertType.REPUTATION_LOW,
                        organisation(member),
                        subject,
                        points,
                        "from %d to %d points".formatted(before.points(), after.points()));
            }
        }

        /// Told again at each hundred below, so that a threshold below it is heard of.
        private static int step(Repute repute) {
            return Math.min(repute.points(), LOW) / STEP;
        }

        private void rung(Alarm.Rung rung) {
            switch (rung) {
                case Alarm.Rung.Silent(var device, var organisation, Instant since) ->
                        tell(
                                AlertType.DEVICE_SILENT,
                                organisation,
                                device.text(),
                                Optional.of(Duration.between(since, time).toSeconds()),
                                "not heard since " + since);
                case Alarm.Rung.Ending(var device, var organisation, Digest certificate, var end) ->
                        tell(
                                AlertType.CERTIFICATE_EXPIRING,
                                organisation,
                                device.text(),
                                Optional.of(Math.max(0, Duration.between(time, end).toDays())),
                                "certificate " + certificate + " ends " + end);
            }
        }

        private Optional<OrganisationId> organisation(VerifyingKey account) {
            return Optional.ofNullable(accounts.get(account));
        }

        private Optional<OrganisationId> organisation(Identifier device) {
            return alarm.find(device).flatMap(Alarm.Watched::organisation);
        }

        private void tell(
                AlertType type,
                Optional<OrganisationId> organisation,
                String subject,
                Optional<Long> level,
                String detail) {
            alerts.add(
                    new Alert(
                            type,
                            new Alert.Place(block.header().height(), index, number++),
                            time,
                            organisation,
                            subject,
                            level,
                            detail));
        }
    }
}
