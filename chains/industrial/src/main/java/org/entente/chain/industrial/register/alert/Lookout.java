package org.entente.chain.industrial.register.alert;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Final blocks, one after the other → what there is to hear of. It follows from the blocks alone,
/// so it needs no state and is the same on every node (docs/chains/industrial-registers.md §6.2).
/// What it remembers has bytes, from which it goes on. Used by one thread.
public final class Lookout {
    /// Of what one rule remembers of one kind.
    static final int COUNT_MAX = 1 << 22;

    private static final int SIZE_BYTES_MAX = 1 << 28;

    private final Digest genesis;
    private final AccountRule accounts;
    private final List<Rule> rules;
    private long height;
    private Digest last;

    public Lookout(Genesis genesis) {
        this.genesis = genesis.digest();
        this.last = Digest.ZERO;
        this.accounts = new AccountRule();
        DeviceRule devices = new DeviceRule(accounts, new Alarm());
        this.rules =
                List.of(
                        accounts,
                        MemberRule.begun(genesis, accounts),
                        devices,
                        new SeriesRule(accounts, devices),
                        new ExchangeRule());
    }

    private Lookout(Genesis genesis, Decoder decoder) {
        this.genesis = decoder.digest();
        if (!this.genesis.equals(genesis.digest())) {
            throw new IllegalArgumentException("it looked at another chain");
        }
        this.height = decoder.u64();
        this.last = decoder.digest();
        this.accounts = AccountRule.read(decoder);
        MemberRule members = MemberRule.read(decoder, genesis, accounts);
        DeviceRule devices = DeviceRule.read(decoder, accounts);
        this.rules =
                List.of(
                        accounts,
                        members,
                        devices,
                        SeriesRule.read(decoder, accounts, devices),
                        new ExchangeRule());
    }

    /// All that it remembers of a chain.
    public static Format<Lookout> format(Genesis genesis) {
        return new Format<>(
                RegisterTag.LOOKOUT,
                SIZE_BYTES_MAX,
                (encoder, lookout) -> lookout.write(encoder),
                decoder -> new Lookout(genesis, decoder));
    }

    /// What a rule remembers of things of one kind, in their one order.
    static <K extends Comparable<? super K>, V> Map<K, V> map(
            Decoder decoder, String what, Function<Decoder, K> key, Function<Decoder, V> value) {
        List<Map.Entry<K, V>> entries =
                decoder.list(COUNT_MAX, each -> Map.entry(key.apply(each), value.apply(each)));
        Sorted.requireStrictlyAscending(entries.stream().map(Map.Entry::getKey).toList(), what);
        TreeMap<K, V> map = new TreeMap<>();
        entries.forEach(each -> map.put(each.getKey(), each.getValue()));
        return map;
    }

    private void write(Encoder encoder) {
        encoder.digest(genesis).u64(height).digest(last);
        rules.forEach(rule -> rule.write(encoder));
    }

    /// The height of the last block that it took.
    public long height() {
        return height;
    }

    /// The digest of that block's header; of none: zero.
    public Digest last() {
        return last;
    }

    /// What there is to hear of a block, which must be the next one.
    public List<Alert> on(Block block) {
        if (block.header().height() != height + 1) {
            throw new IllegalStateException(
                    "block " + block.header().height() + " behind " + height);
        }
        Heard heard = new Heard(block);
        int count = block.transactions().size();
        for (int index = 0; index < count; index++) {
            heard.at(index);
            take(block.transactions().get(index).transaction(), block.receipts().get(index), heard);
        }
        heard.at(count);
        rules.forEach(rule -> rule.end(heard));
        height++;
        last = block.header().digest();
        return heard.alerts();
    }

    /// A call that failed and that no rule knows is told as one.
    private void take(Transaction transaction, Receipt receipt, Heard heard) {
        boolean told = false;
        for (Rule rule : rules) {
            told |= rule.on(transaction, receipt, heard);
        }
        if (transaction.action() instanceof Action.Call call
                && receipt.status() != Receipt.Status.DONE
                && !told) {
            heard.tell(
                    AlertType.CONTRACT_ABORTED,
                    accounts.organisation(transaction.account()),
                    call.contract().text(),
                    Optional.empty(),
                    "%s: %s by %s"
                            .formatted(
                                    Fault.numbered(receipt.fault()).orElseThrow(),
                                    call.method(),
                                    transaction.account()));
        }
    }
}
