package org.entente.chain.industrial;

import org.entente.certs.Verifier;
import org.entente.chain.Genesis;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Contracts;
import org.entente.chain.execution.Governance;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.light.industrial.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

/// Reputation by what stands in blocks: evidence is judged, the table follows, and at the end of an
/// epoch the next sealers are drawn (docs/chains/industrial.md §3 to §5).
///
/// @param owner takes back who was banned
/// @param contracts that accounts call
public record Reckoning(
        ChainId chain,
        VerifyingKey owner,
        Settings settings,
        Contracts contracts,
        Verifier verifier)
        implements Governance {

    /// As a genesis says, without contracts.
    public static Parsed<Reckoning> of(Genesis genesis, Verifier verifier) {
        return of(genesis, Contracts.NONE, verifier);
    }

    /// As a genesis says.
    public static Parsed<Reckoning> of(Genesis genesis, Contracts contracts, Verifier verifier) {
        return Settings.FORMAT
                .decode(genesis.settings())
                .then(settings ->
                        settings.seats() > genesis.creators().size()
                                ? Parsed.refused(
                                        Fault.INVALID_VALUE,
                                        "%d seats for %d members"
                                                .formatted(
                                                        settings.seats(),
                                                        genesis.creators().size()))
                                : Parsed.of(
                                        new Reckoning(
                                                genesis.chain(),
                                                genesis.owner(),
                                                settings,
                                                contracts,
                                                verifier)));
    }

    @Override
    public void begin(Genesis genesis, Draft draft) {
        Position start = new Position(0, 0);
        Table table = Table.begun(genesis.creators(), settings.rates());
        Kept.settings(draft, start, settings);
        Kept.table(draft, start, table);
        Kept.past(draft, start, Past.begun(genesis.digest()));
        draw(table, genesis.digest().bytes(), 0, draft, start);
    }

    private void draw(Table table, Bytes seed, long epoch, Draft draft, Position position) {
        Kept.sealers(draft, position, table.drawn(settings.seats(), seed, epoch, settings.rates()));
    }

    @Override
    public Verdict includable(VerifyingKey account, Bytes bytes, Reading state) {
        return switch (Words.FORMAT.decode(bytes)) {
            case Parsed.Refused<Words>(Verdict.Rejected why) -> why;
            case Parsed.Value<Words>(Words words) ->
                    switch (words) {
                        case Words.Evidence _ ->
                                Kept.table(state).has(account)
                                        ? Verdict.accepted()
                                        : Verdict.rejected(
                                                Fault.NOT_A_SIGNER, "only members bring evidence");
                        case Words.Readmit _ ->
                                account.equals(owner)
                                        ? Verdict.accepted()
                                        : Verdict.rejected(
                                                Fault.NOT_YOURS, "only the chain's owner readmits");
                    };
        };
    }

    @Override
    public Parsed<Bytes> perform(Transaction transaction, Bytes bytes, Draft draft, Moment moment) {
        return Words.FORMAT
                .decode(bytes)
                .then(words ->
                        switch (words) {
                            case Words.Evidence evidence ->
                                    take(evidence, transaction.account(), draft, moment);
                            case Words.Readmit(VerifyingKey member) ->
                                    readmit(member, draft, moment.position());
                        });
    }

    private Parsed<Bytes> take(
            Words.Evidence evidence, VerifyingKey account, Draft draft, Moment moment) {
        if (moment.position().index() != 0 || !account.equals(moment.creator())) {
            return Parsed.refused(
                    Fault.INVALID_VALUE, "evidence comes first, and by whose block it is");
        }
        return new EvidenceJudge(chain, settings, verifier, draft, moment.position().height())
                .judge(evidence)
                .map(judged -> {
                    Kept.table(
                            draft,
                            moment.position(),
                            Kept.table(draft).with(judged.conduct(), settings.rates()));
                    Kept.past(draft, moment.position(), judged.past());
                    return Bytes.EMPTY;
                });
    }

    private static Parsed<Bytes> readmit(VerifyingKey member, Draft draft, Position position) {
        Table table = Kept.table(draft);
        if (!table.has(member) || !table.of(member).banned()) {
            return Parsed.refused(Fault.NOT_FOUND, "no such member is banned");
        }
        Kept.table(draft, position, table.readmitted(member));
        return Parsed.of(Bytes.EMPTY);
    }

    /// A block with nothing but its evidence earns nothing: or who proposes much would gain by
    /// doing nothing.
    @Override
    public void close(Draft draft, Moment moment) {
        Position position = moment.position();
        Table table = Kept.table(draft);
        if (position.index() > 1 && table.has(moment.creator())) {
            table = table.rewarded(moment.creator(), settings.rates());
        }
        if (settings.isLast(position.height())) {
            Past past = Kept.past(draft);
            table = table.epochEnded(past.alive(), settings.rates());
            // This block's own digest commits to the state, so it cannot be drawn from.
            draw(
                    table,
                    past.seed().bytes(),
                    settings.epoch(position.height()) + 1,
                    draft,
                    position);
            Kept.past(draft, position, past.ended());
        }
        Kept.table(draft, position, table);
    }
}
