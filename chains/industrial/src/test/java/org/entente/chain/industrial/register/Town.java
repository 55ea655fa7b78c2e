package org.entente.chain.industrial.register;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Answer;
import org.entente.chain.contract.Contracts;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Reckoning;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertContract;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.chain.industrial.register.alert.Subscriptions;
import org.entente.chain.industrial.register.device.DeviceContract;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.identifier.IdentifierContract;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.chain.industrial.register.order.OrderContract;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.register.order.Orders;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Format;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A chain with all registers, a block per call, and somebody who listens for alerts.
public final class Town {
    public static final ChainId CHAIN = new ChainId("icb:town");
    public static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");
    public static final Verifier VERIFIER = Firm.CRYPTOGRAPHY.verifier();
    private static final Settings SETTINGS =
            new Settings(4, 1_000, 3, Duration.ofSeconds(2), Rates.USUAL);

    public final Signer owner = Firm.signer();
    public final Signer stranger = Firm.signer();
    public final Firm press = new Firm("press.example", BEGIN);
    public final Firm mill = new Firm("mill.example", BEGIN);
    public final Firm audit = new Firm("audit.example", BEGIN);
    private final List<Signer> members = Stream.generate(Firm::signer).limit(4).toList();
    private final Lookout lookout;
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private Ledger ledger;
    private Instant now = BEGIN;
    private Bytes written;

    Town() {
        Genesis genesis =
                new Genesis(
                        CHAIN,
                        new Name("industrial"),
                        owner.key(),
                        Sorted.copyOf(members.stream().map(Signer::key).toList()),
                        Sorted.copyOf(
                                Stream.of(
                                                stranger,
                                                press.account(),
                                                mill.account(),
                                                audit.account())
                                        .map(Signer::key)
                                        .toList()),
                        BEGIN,
                        Settings.FORMAT.encode(SETTINGS));
        Contracts contracts =
                Contracts.of(
                        List.of(
                                new OrganisationContract(owner.key(), VERIFIER),
                                new IdentifierContract(owner.key()),
                                new DeviceContract(CHAIN, VERIFIER),
                                new OrderContract(),
                                new AlertContract(),
                                new DataContract(CHAIN, VERIFIER)));
        Reckoning reckoning = Reckoning.of(genesis, contracts, VERIFIER).orThrow();
        ledger =
                Ledger.begun(
                        genesis,
                        reckoning,
                        new CertifiedHeader(Ledger.first(genesis, reckoning), Bytes.EMPTY));
        lookout = new Lookout(genesis);
        written = Lookout.format(genesis).encode(lookout);
    }

    /// With its three organisations.
    public static Town peopled() {
        Town town = new Town();
        town.done(town.owner, enrol(town.press, Organisation.Role.MEMBER));
        town.done(town.owner, enrol(town.mill, Organisation.Role.MEMBER));
        town.done(town.owner, enrol(town.audit, Organisation.Role.AUDITOR));
        return town;
    }

    static OrganisationDeed enrol(Firm firm, Organisation.Role role) {
        return new OrganisationDeed.Enrol(firm.as(role));
    }

    public Ledger ledger() {
        return ledger;
    }

    /// From block 1 on.
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    public Records records() {
        return Records.of(ledger.state());
    }

    public Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /// What was told since it was asked last.
    public List<Alert> alerts() {
        List<Alert> told = List.copyOf(alerts);
        alerts.clear();
        return told;
    }

    /// Makes a block without anything.
    public void tick(Duration time) {
        pass(time);
        block(List.of());
    }

    public Receipt call(Signer by, Deed deed) {
        return block(List.of(signed(by, action(deed)))).getFirst();
    }

    public Answer done(Signer by, Deed deed) {
        Receipt receipt = call(by, deed);
        if (receipt.fault() != 0) {
            throw new AssertionError(deed + ": " + Fault.numbered(receipt.fault()));
        }
        return Answer.FORMAT.decode(receipt.result()).orThrow();
    }

    /// Why it is refused; empty: it is not.
    public Optional<Fault> refused(Signer by, Deed deed) {
        return Fault.numbered(call(by, deed).fault());
    }

    public Optional<Fault> perform(Signer by, Action action) {
        return Fault.numbered(block(List.of(signed(by, action))).getFirst().fault());
    }

    private SignedTransaction signed(Signer by, Action action) {
        long nonce = Account.find(ledger.state(), by.key()).orElseThrow().nonce();
        return SignedTransaction.by(by, new Transaction(CHAIN, by.key(), nonce, action));
    }

    private List<Receipt> block(List<SignedTransaction> transactions) {
        now = now.plusMillis(1);
        Ledger.Made made = ledger.make(transactions, now, members.getFirst().key(), VERIFIER);
        CertifiedHeader certified = new CertifiedHeader(made.header(), Bytes.EMPTY);
        ledger = made.certified(certified);
        blocks.add(made.block(certified));
        List<Alert> told = lookout.on(blocks.getLast());
        remembering(told);
        alerts.addAll(told);
        return made.receipts();
    }

    /// Whoever goes on from what was written down behind any block hears the same.
    private void remembering(List<Alert> told) {
        Format<Lookout> format = Lookout.format(ledger.genesis());
        Lookout other = format.decode(written).orThrow();
        if (!other.on(blocks.getLast()).equals(told)) {
            throw new AssertionError("what is remembered of the blocks before is not all");
        }
        written = format.encode(lookout);
        if (!format.encode(other).equals(written)) {
            throw new AssertionError("it remembers something else");
        }
    }

    static Action.Call action(Deed deed) {
        return switch (deed) {
            case OrganisationDeed it -> action(Organisations.REGISTER, it, OrganisationDeed.FORMAT);
            case IdentifierDeed it -> action(Identifiers.REGISTER, it, IdentifierDeed.FORMAT);
            case DeviceDeed it -> action(Devices.REGISTER, it, DeviceDeed.FORMAT);
            case OrderDeed it -> action(Orders.REGISTER, it, OrderDeed.FORMAT);
            case AlertDeed it -> action(Subscriptions.REGISTER, it, AlertDeed.FORMAT);
            default -> throw new IllegalArgumentException("no register takes " + deed);
        };
    }

    private static <D extends Deed> Action.Call action(Name register, D deed, Format<D> format) {
        return new Action.Call(register, deed.method(), format.encode(deed), Optional.empty());
    }
}
