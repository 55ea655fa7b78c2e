package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.register.Town;
import org.entente.chain.industrial.register.alert.Lookout;

/// Books of what is there.
public final class AlertBooks {
    private AlertBooks() {}

    /// What a town's blocks tell.
    public static AlertBook of(Town town) {
        AlertBook book = new AlertBook();
        Lookout lookout = new Lookout(town.ledger().genesis());
        town.blocks().forEach(each -> book.add(each.header().height(), lookout.on(each)));
        return book;
    }
}
