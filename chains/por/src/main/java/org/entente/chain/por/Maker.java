package org.entente.chain.por;

import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.light.NodeSigner;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Creation;
import org.entente.light.por.Difficulty;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When a node searches for a block, and for which (docs/chains/por.md §5.3).
final class Maker {
    private static final BigInteger ALL = Difficulty.NONE;

    private final BlockJudge judge;
    private final Habits habits;
    private final VerifyingKey account;
    private final Signers signers;
    private final Tree tree;

    /// Since when the best block is the best.
    private Instant moved;

    /// Since when a block is wanted upon it.
    private Optional<Instant> wanted = Optional.empty();

    private Instant made;
    private long attempt;

    Maker(
            BlockJudge judge,
            Habits habits,
            VerifyingKey account,
            Signers signers,
            Tree tree,
            Instant now) {
        this.judge = judge;
        this.habits = habits;
        this.account = account;
        this.signers = signers;
        this.tree = tree;
        this.moved = now;
        this.made = now;
    }

    void moved(Instant now) {
        moved = now;
        wanted = Optional.empty();
        attempt = 0;
    }

    /// All nonces of a template were tried.
    void exhausted(Template template) {
        if (template.parent().hash().equals(tree.best().hash())) {
            attempt = template.creation().attempt() + 1;
        }
    }

    boolean isStalled(Instant now) {
        return wanted.map(since -> !now.isBefore(since.plus(habits.stall()))).orElse(false);
    }

    Optional<Template> work(Optional<Template> current, Waiting waiting, Instant now) {
        Placed best = tree.best();
        if (signer(best).isEmpty()) {
            return Optional.empty();
        }
        boolean isSame =
                current.isPresent()
                        && current.get().parent().hash().equals(best.hash())
                        && current.get().creation().attempt() == attempt;
        if (isSame && now.isBefore(made.plus(habits.refresh()))) {
            return current;
        }
        List<SignedTransaction> next =
                waiting.next(
                        best.ledger().state(),
                        judge.settings().transactionCountMax() - 1,
                        judge.settings().blockSizeBytesMax() - 4_096);
        if (!isDue(next.size(), now)) {
            return Optional.empty();
        }
        if (wanted.isEmpty()) {
            wanted = Optional.of(now);
        }
        BigInteger target = target(best);
        if (isResting(best, target) && !isStalled(now)) {
            return Optional.empty();
        }
        if (isSame && current.get().transactions().equals(next)) {
            made = now;
            return current;
        }
        made = now;
        return Optional.of(template(best, next, target, now));
    }

    /// Of the key that the rules behind a block name for this member: what another one signs there
    /// nobody takes.
    private Optional<NodeSigner> signer(Placed parent) {
        Optional<Member> self = parent.link().rules().member(account);
        return self.flatMap(it -> signers.of(it.key()));
    }

    private BigInteger target(Placed best) {
        Rules rules = best.link().rules();
        return judge.headers()
                .work()
                .target(rules.difficulty(), best.link().window().distances(account, rules.count()));
    }

    /// Blocks are made for transactions, to bury those that are in blocks, and now and then.
    private boolean isDue(int waiting, Instant now) {
        Duration since = Duration.between(moved, now);
        return waiting >= habits.enough()
                || (since.compareTo(habits.patience()) >= 0 && (waiting > 0 || isOpen()))
                || since.compareTo(habits.heartbeat()) >= 0;
    }

    /// Whether a block above the newest final one has transactions.
    private boolean isOpen() {
        return tree.branch().stream()
                .anyMatch(
                        each -> !each.block().map(it -> it.transactions().isEmpty()).orElse(true));
    }

    private boolean isResting(Placed best, BigInteger target) {
        List<VerifyingKey> newestFirst = best.link().window().newestFirst();
        Rules rules = best.link().rules();
        int rest = Math.min(Math.min(habits.rest(), rules.count() - 1), newestFirst.size());
        return newestFirst.subList(0, rest).contains(account) || isTooMuch(target);
    }

    private boolean isTooMuch(BigInteger target) {
        BigDecimal seconds =
                new BigDecimal(ALL.divide(target))
                        .divide(BigDecimal.valueOf(habits.hashRate()), MathContext.DECIMAL32);
        return seconds.compareTo(BigDecimal.valueOf(habits.workMax().toSeconds())) > 0;
    }

    private Template template(
            Placed best, List<SignedTransaction> next, BigInteger target, Instant now) {
        long time = Math.max(now.getEpochSecond(), best.link().time());
        Ledger.Made block =
                best.ledger().make(next, Instant.ofEpochSecond(time), account, judge.verifier());
        List<SignedTransaction> taken = block.transactions();
        Creation creation =
                new Creation(
                        account,
                        best.height() + 1,
                        taken.size() + 1,
                        attempt,
                        best.link().rules().digest(),
                        block.header().digest());
        BlockHeader header =
                new BlockHeader(
                        BlockHeader.VERSION, PorBlock.root(creation, taken), best.hash(), time, 0);
        return new Template(best, header, creation, taken, block, target);
    }

    /// Nothing where the key is no longer held.
    Optional<PorBlock> signed(Template template, long nonce) {
        BlockHeader header = template.header().with(nonce);
        Bytes words =
                Certificate.signed(
                        judge.headers().chain(), template.creation().height(), header.hash());
        return signer(template.parent()).map(it -> template.block(nonce, it.sign(words)));
    }
}
